/* Mails: what is read of a message, and what its headers mean; mailboxes. */
#include "items.h"

#define HEAD "From: Ilse Marrow <ilse@velm.example>\r\nDate: Tue, 18 Mar 2031 09:30:00 +0100\r\nMessage-ID: <a.1@velm.example>\r\n"
#define KNOWN " uri=mid:a.1@velm.example publisher=velm.example author=Ilse Marrow title=Port published=2031-03-18T09:30:00+01:00 how=stated"

static void test_headers(void)
{
    check_items(S(HEAD "Subject: Port\r\n\r\nThe port reopened.\r\n"), "a" KNOWN ": The port reopened.\n");
    check_items(S("Return-Path: <x@list.example>\nFrom: =?utf-8?q?Zo=C3=AB_Islands?= <zoe@islands.example>\n"
                  "Subject: =?iso-8859-1?Q?Gespr=E4che?= =?utf-8?B?IGdlaGVu?=\n weiter\nList-Id: \"Velm Dispatch\" <d.velm.example>\n"
                  "Date: 18 Mar 2031 09:30 GMT\nContent-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n\n"
                  "Die Gespr=E4che gehen =\nweiter.\n"),
                "a publisher=Velm Dispatch author=Zoë Islands title=Gespräche gehen weiter published=2031-03-18T09:30:00Z how=stated: "
                "Die Gespräche gehen weiter.\n");
    check_items(S("From: ilse@velm.example\nDate: some day\nSubject: Port\nMIME-Version: 1.0\n\nThe port reopened.\n"),
                "a publisher=velm.example author=ilse@velm.example title=Port: The port reopened.\n");
    /* no mails: articles whose first lines look like headers */
    check_items(S("From: our correspondent in Velm\n\nThe port reopened.\n"), "a: From: our correspondent in Velm//The port reopened.\n");
    check_items(S("Date: 18 March\nThe port reopened.\n"), "a: Date: 18 March/The port reopened.\n");
}

/* The charset is said, missing, or wrong. */
static void test_charsets(void)
{
#define TYPE(charset) HEAD "Subject: Port\nContent-Type: text/plain; charset=" charset "\nContent-Transfer-Encoding: 8bit\n\n"
    check_items(S(TYPE("utf-8") "In Zürich.\n"), "a" KNOWN ": In Zürich.\n");
    check_items(S(TYPE("windows-1250") "W Gda\xF1sku.\n"), "a" KNOWN ": W Gdańsku.\n");
    check_items(S(TYPE("utf-8") "In Z\xFCrich.\n"), "a" KNOWN ": In Zürich.\n");
    check_items(S(TYPE("us-ascii") "In Zürich.\n"), "a" KNOWN ": In Zürich.\n");
    check_items(S(TYPE("x-unheard-of") "In Z\xFCrich.\n"), "a" KNOWN ": In Zürich.\n");
}

static void test_wrapping(void)
{
    check_items(S(HEAD "Subject: Port\n\n"
                  "The port of Velm will reopen on Friday after eleven days of closure, the\n"
                  "officials in Tessary said late on Monday.\n\n"
                  "Three things were agreed on by both sides in the talks of last night:\n"
                  "- ships may pass\n"
                  "- fees are halved\n"
                  "> Did the islands answer to the letter that was sent to them in February?\n"
                  "Not yet.\n"),
                "a" KNOWN ": The port of Velm will reopen on Friday after eleven days of closure, the officials in Tessary said late on "
                "Monday.//Three things were agreed on by both sides in the talks of last night:/- ships may pass/- fees are halved/"
                "> Did the islands answer to the letter that was sent to them in February?/Not yet.\n");
    check_items(S(HEAD "Subject: Port\nContent-Type: text/plain; format=flowed\n\nThe port \nreopened.\nThe strait did not.\n"),
                "a" KNOWN ": The port reopened./The strait did not.\n");
}

#define PART "\n--x\nContent-Type: "
static void test_parts(void)
{
#define MULTI(kind) HEAD "Subject: Port\nMIME-Version: 1.0\nContent-Type: multipart/" kind "; boundary=x\n"
    check_items(S(MULTI("alternative") PART "text/plain\n\nThe port of Velm reopened on Friday.\n"
                  PART "text/html\n\n<p>The port of Velm reopened on Friday.</p>\n--x--\n"),
                "a" KNOWN ": The port of Velm reopened on Friday.\n");
    Str page = items_of(S(MULTI("alternative") PART "text/plain\n\nPlease look at the page.\n"
                  PART "text/html\n\n<html><body><article><h1>Port</h1><p>The port of Velm reopened on Friday, officials in Tessary said, "
                  "after eleven days in which no ship could pass the strait.</p><p>The islands, they said, had agreed to it in "
                  "talks that went on through the night, and would send an envoy.</p></article></body></html>\n--x--\n"));
    check_begins(page, "a" KNOWN ": ");
    check(str_find(page, S("eleven days in which no ship")) > 0 && str_find(page, S("Please look")) < 0);
    check_items(S(MULTI("mixed") PART "text/plain\n\nThe port reopened.\n"
                  PART "text/plain; name=note.txt\nContent-Disposition: attachment; filename*=utf-8''n%C3%B6te.txt\n"
                  "Content-Transfer-Encoding: base64\n\nVGhlIHN0cmFpdCwgdG9vLg==\n"
                  PART "image/png; name=a.png\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n"
                  PART "application/octet-stream; name=\"../../x\"\nContent-Transfer-Encoding: base64\n\nf0VMRg==\n"
                  PART "message/rfc822\n\nFrom: zoe@islands.example\nSubject: Answer\n\nThe islands agreed.\n"
                  PART "text/plain\n\n-- the list\n--x--\n"),
                "a" KNOWN ": The port reopened.\na: nöte.txt: The strait, too.\n! a: ../../x: is a program (ELF), which is not read; leave it "
                "out\na: part 5 publisher=islands.example author=zoe@islands.example title=Answer: The islands agreed.\n"
                "a: part 6 uri=mid:a.1@velm.example publisher=velm.example author=Ilse Marrow title=Port published=2031-03-18T09:30:00+01:00 "
                "how=stated: -- the list\n");
    check_items(S(MULTI("mixed") PART "text/plain\n\nThe port reopened.\n" PART "text/plain\n\n-- the list\n--x--\n"),
                "a" KNOWN ": The port reopened.//-- the list\n");
    check_items(S(MULTI("encrypted") PART "application/pgp-encrypted\n\nVersion: 1\n--x--\n"),
                "! a: is encrypted; decrypt it in your mail program and save its text\n");
    check_items(S(MULTI("mixed") "\nno part at all\n"), "! a: is a mail without a text; nothing to read\n");
    check_items(S(HEAD "\n"), "! a: is empty; nothing to read\n");
}

static void test_nesting(void)
{
    Buf b = {.to = &test_arena};
    buf_add(&b, S(HEAD));
    for (int i = 0; i < 5000; i++) buf_printf(&b, "Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n", i, i);
    buf_add(&b, S("\nThe port.\n"));
    check_begins(items_of(buf_str(&b)), "! a: is a mail without a text");
    b = (Buf){.to = &test_arena};
    for (int i = 0; i < 500; i++) buf_add(&b, S(HEAD "Content-Type: message/rfc822\n\n"));
    buf_add(&b, S(HEAD "\nThe port.\n"));
    check_begins(items_of(buf_str(&b)), "! a: is a mail without a text");
}

static void test_mailbox(void)
{
    check_items(S("From ilse@velm.example Tue Mar 18 09:30:00 2031\nFrom: a@velm.example\nSubject: One\n\nThe port reopened.\n"
                  ">From here on, ships pass.\n\nFrom the islands came no word.\n\n"
                  "From ilse@velm.example Tue Mar 18 10:30:00 2031\nFrom: b@velm.example\nSubject: Two\n\nThe strait, too.\n"),
                "a: message 1 publisher=velm.example author=a@velm.example title=One: The port reopened./From here on, ships pass.//"
                "From the islands came no word.\na: message 2 publisher=velm.example author=b@velm.example title=Two: The strait, too.\n");
    check_items(S("From the port of Velm, at 9:30 on Friday, ships will sail again.\nSo it was agreed.\n"),
                "a: From the port of Velm, at 9:30 on Friday, ships will sail again./So it was agreed.\n");
}

int main(void)
{
    TEST_BEGIN
    items_begin();
    test_headers();
    test_charsets();
    test_wrapping();
    test_parts();
    test_nesting();
    test_mailbox();
    items_end();
    return test_end();
}
