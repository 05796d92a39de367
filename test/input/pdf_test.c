/* PDF: printed lines as prose; and, where pdftotext is there, a PDF as a user would give it. */
#include "input/office.h"
#include "items.h"

#define check_pdf(pages, expected) check_str(pdf_text(&test_arena, S(pages)), S(expected))

static void test_lines(void)
{
    check_pdf("", "");
    check_pdf("The port of Velm will reopen on Friday, officials in the\ncapital said.\n\f",
              "The port of Velm will reopen on Friday, officials in the capital said.");
    check_pdf("The port of Velm will re-\nopen on Friday.\n", "The port of Velm will reopen on Friday.");
    check_pdf("A well-known port lies there. It is a well-\nknown one.\n", "A well-known port lies there. It is a well-known one.");
    check_pdf("The Velm-\nTessary line runs.\n", "The Velm-Tessary line runs.");
    check_pdf("They came --\nand went.\n", "They came -- and went.");
    check_pdf("The port of Velm will re\xC2\xAD\nopen.\n", "The port of Velm will reopen.");
    check_pdf("First paragraph here.\n\nSecond one here.\n", "First paragraph here.\n\nSecond one here.");
    /* no empty line, but a sentence that ends early on its line */
    check_pdf("The port of Velm will reopen on Friday after eleven days of\nclosure.\nThe islands, they said, had agreed to it in talks "
              "through the\nnight and would send an envoy.\n",
              "The port of Velm will reopen on Friday after eleven days of closure.\n\nThe islands, they said, had agreed to it in talks "
              "through the night and would send an envoy.");
}

static void test_pages(void)
{
    check_pdf("VELM DISPATCH 1\n\nThe port will reopen, and ships\n\nPage 1 of 3\n\f"
              "VELM DISPATCH 2\n\nwill pass the strait again, they said.\n\nThe islands agreed.\n\nPage 2 of 3\n\f"
              "VELM DISPATCH 3\n\nAn envoy will come.\n\nPage 3 of 3\n\f",
              "The port will reopen, and ships will pass the strait again, they said.\n\nThe islands agreed.\n\nAn envoy will come.");
    check_pdf("The first page.\n\n1\n\fThe second page.\n\n2\n\f", "The first page.\n\nThe second page.");
    /* a year alone on a page of one is no page number; words that recur within are no running head */
    check_pdf("Report of\n\n2031\n", "Report of\n\n2031");
    check_pdf("One.\n\nThe same.\n\nTwo.\n\fThree.\n\nThe same.\n\nFour.\n\f", "One.\n\nThe same.\n\nTwo.\n\nThree.\n\nThe same.\n\nFour.");
}

/* A PDF of one page, with the table of places that readers want. */
static Str made(const char *text)
{
    Buf b = {.to = &test_arena};
    ptrdiff_t at[5];
    Str content = arena_printf(&test_arena, "BT /F1 12 Tf 72 720 Td (%s) Tj ET", text);
    const Str objects[] = {S("<< /Type /Catalog /Pages 2 0 R >>"), S("<< /Type /Pages /Count 1 /Kids [3 0 R] >>"),
        S("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 << /Type /Font /Subtype "
          "/Type1 /BaseFont /Helvetica >> >> >> >>"),
        arena_printf(&test_arena, "<< /Length %td >>\nstream\n%.*s\nendstream", content.n, STR(content)),
        S("<< /Title (Port) /Author (Ilse Marrow) /CreationDate (D:20310318093000Z) >>")};
    buf_add(&b, S("%PDF-1.4\n"));
    for (int i = 0; i < 5; i++) {
        at[i] = b.n;
        buf_printf(&b, "%d 0 obj\n%.*s\nendobj\n", i + 1, STR(objects[i]));
    }
    ptrdiff_t table = b.n;
    buf_add(&b, S("xref\n0 6\n0000000000 65535 f \n"));
    for (int i = 0; i < 5; i++) buf_printf(&b, "%010td 00000 n \n", at[i]);
    buf_printf(&b, "trailer << /Size 6 /Root 1 0 R /Info 5 0 R >>\nstartxref\n%td\n%%%%EOF\n", table);
    return buf_str(&b);
}

static void test_process(void)
{
    Str pdf = made("The port of Velm reopened.");
    if (io_has_program("pdftotext")) {
        check_items(pdf, "a author=Ilse Marrow title=Port: The port of Velm reopened.\n");
        check_begins(items_of(made("")), "! a: is a PDF without text");
        check_begins(items_of(str_sub(pdf, 0, 200)), "! a: is a PDF that pdftotext cannot read (");
    }
    setenv("PATH", "/nonexistent", 1);
    check_items(pdf, "! a: is a PDF, and pdftotext, which reads them, is not installed; install it: apt-get install poppler-utils\n");
}

/* io_run itself, with programs that every system has. */
static void test_run(void)
{
    IoRun run;
    Err e = {0};
    char got[16];
    check(io_run(&run, (const char *const[]){"cat", NULL}, S("bytes"), 100, 10, &e) && run.status == 0 && run.n == 5);
    Str output = {got, io_run_read(&run, false, got, sizeof got)};
    check_str(output, S("bytes"));
    io_run_close(&run);
    check(io_run(&run, (const char *const[]){"cat", NULL}, S("too many bytes"), 5, 10, &e) && run.status != 0);
    io_run_close(&run);
    check(io_run(&run, (const char *const[]){"no-such-program-here", NULL}, S(""), 5, 10, &e) && run.is_missing);
    io_run_close(&run);
    double begun = io_seconds();
    check(!io_run(&run, (const char *const[]){"sleep", "30", NULL}, S(""), 5, 1, &e) && e.code == ERR_LIMIT);
    check(io_seconds() - begun < 5);
    io_run_close(&run);
}

int main(void)
{
    TEST_BEGIN
    items_begin();
    test_lines();
    test_pages();
    test_run();
    test_process();
    items_end();
    return test_end();
}
