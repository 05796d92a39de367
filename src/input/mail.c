/* Mail: one message, and mailboxes of many.
**
** A newsletter is an article with its title, author, date and sender on the envelope. GMime takes a message apart
** (RFC 5322, MIME with all its codings); what is ours is the choice: which of the alternatives is read, what is an
** attachment, and what the headers mean.
**
**  in:  From: Ilse Marrow <ilse@velm.example> | Subject: =?utf-8?q?Port_reopens?= | Date: … | multipart/alternative …
**  out: the text, with title "Port reopens", author "Ilse Marrow", publisher "velm.example", published as stated,
**       uri "mid:…"; then each attachment that can be read, as a document of its own: "box.mbox: message 3: paper.pdf"
**
** Of alternatives the plain text is read where it holds most of what the page holds, else the page: many newsletters
** send "please look at the web page" as their text. Texts that follow each other in one message are one document.
** Lines that were broken at some 70 columns for the wire are joined again (RFC 3676, and by their width where a
** mailer does not say so).
**
** A mailbox is cut at its "From " lines (mbox, with and without quoted ">From "); each message is a member.
**
** Always: what the sender wrote stands before what a page in the mail says of itself. A charset that does not fit the
** bytes is not believed. Cost: linear; a message of at most INPUT_FILE_MAX bytes in memory, some three times.
*/
#include "input/mail.h"
#include <gmime/gmime.h>
#include <iconv.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { PARTS_MAX = 1000, PARTS_DEPTH_MAX = 16 };       /* of one message; a mail with its digest of mails has some 50 */
enum { PLAIN_ENOUGH_PERCENT = 50 };   /* of the page's letters: below it the plain text is but a notice or a teaser */
/* columns: a line this long whose next goes on was broken for the wire */
enum { LINE_FULL = 55, LINE_WRAPPED_MAX = 80 };

typedef struct { GMimeObject *part; GMimeMessage *of; bool is_body, is_encrypted; } Leaf;
typedef struct {
    GMimeMessage *message;
    Leaf leaf[PARTS_MAX];
    int n, at;
    bool is_over, was_told;
} Mail;

/* ---- GMime, made ready once ------------------------------------------------------------------------------------- */
static pthread_once_t once = PTHREAD_ONCE_INIT;
static GMimeParserOptions *options;

static void start(void)
{
    static const char *charsets[] = {"utf-8", "windows-1252", "iso-8859-1", NULL};   /* of headers that name none */
    g_mime_init();
    options = g_mime_parser_options_new();
    g_mime_parser_options_set_fallback_charsets(options, charsets);
}

static GMimeMessage *parse(Str bytes)
{
    pthread_once(&once, start);
    GMimeStream *stream = g_mime_stream_mem_new_with_buffer(bytes.p, (size_t)bytes.n);
    GMimeParser *parser = g_mime_parser_new_with_stream(stream);
    GMimeMessage *message = g_mime_parser_construct_message(parser, options);
    g_object_unref(parser);
    g_object_unref(stream);
    return message;
}

/* ---- contents --------------------------------------------------------------------------------------------------- */
/* The part's bytes, out of base64 or quoted-printable; in the arena. */
static Str content_of(Arena *a, GMimeObject *part)
{
    GMimeDataWrapper *content = GMIME_IS_PART(part) ? g_mime_part_get_content((GMimePart *)part) : NULL;
    if (!content) return (Str){0};
    GByteArray *array = g_byte_array_new();
    GMimeStream *stream = g_mime_stream_mem_new_with_byte_array(array);   /* owns the array */
    ptrdiff_t n = g_mime_data_wrapper_write_to_stream(content, stream) < 0 ? 0 : (ptrdiff_t)array->len;
    jmp_buf here, *const outer = a->landing;
    a->landing = &here;
    if (setjmp(here)) {                                  /* let GMime's memory go before the landing */
        g_object_unref(stream);
        a->landing = outer;
        longjmp(*outer, 1);
    }
    Str bytes = arena_str(a, (Str){(const char *)array->data, n});
    a->landing = outer;
    g_object_unref(stream);
    return bytes;
}

/* As UTF-8 where the declared charset fits every byte; as it came where not: charset.c looks at the bytes
** themselves. */
static Str converted(Arena *a, Str bytes, const char *charset)
{
    if (!charset || utf8_bad(bytes) < 0) return bytes;
    ptrdiff_t room = bytes.n * 4 + 16;                   /* no charset takes more than four bytes of UTF-8 for one */
    char *to = arena_new(a, char, room), *out = to, *in = (char *)(uintptr_t)bytes.p;
    iconv_t turn = iconv_open("UTF-8", g_mime_charset_iconv_name(charset));
    if (turn == (iconv_t)-1) return bytes;
    size_t left = (size_t)bytes.n, free_left = (size_t)room;
    bool ok = iconv(turn, &in, &left, &out, &free_left) == 0 && left == 0;
    iconv_close(turn);
    return ok ? (Str){to, out - to} : bytes;
}

static bool is_quoted(Str line) { return line.n && (line.p[0] == '>' || line.p[0] == '|'); }

/* Does the next line begin something of its own: a list's item, a rule, a quotation, an indented line? */
static bool begins_anew(Str line)
{
    if (!line.n || is_blank(line.p[0]) || is_quoted(line)) return true;
    if (strchr("-*+=_#~", line.p[0])) return true;
    ptrdiff_t i = 0;
    while (i < line.n && line.p[i] >= '0' && line.p[i] <= '9') i++;
    return i > 0 && i < line.n && (line.p[i] == '.' || line.p[i] == ')');
}

/* Broken lines joined. `flowed`: a blank at a line's end says that it goes on (RFC 3676), else its width does. */
static Str unwrapped(Arena *a, Str text, bool flowed)
{
    Buf b = {.to = a};
    Str rest = text, line;
    bool goes_on = false;
    while (str_split(&rest, '\n', &line)) {
        if (str_ends(line, S("\r"))) line.n--;
        if (str_eq(line, S("-- "))) goes_on = false;
        else if (goes_on && (flowed ? is_quoted(line) : begins_anew(line))) goes_on = false;
        if (b.n && !goes_on) buf_char(&b, '\n');
        if (goes_on && b.n && b.p[b.n - 1] != ' ') buf_char(&b, ' ');
        buf_add(&b, line);
        ptrdiff_t columns = utf8_count(line);
        goes_on = flowed ? str_ends(line, S(" ")) && !is_quoted(line) && !str_eq(line, S("-- "))
                         : columns >= LINE_FULL && columns <= LINE_WRAPPED_MAX && !is_quoted(line);
    }
    return str_trim(buf_str(&b));
}

static const char *parameter(GMimeObject *part, const char *name)
{
    return g_mime_object_get_content_type_parameter(part, name);
}

static bool is_type(GMimeObject *part, const char *type, const char *subtype)
{
    GMimeContentType *t = g_mime_object_get_content_type(part);
    return t && g_mime_content_type_is_type(t, type, subtype);
}

static Str text_of(Arena *a, GMimeObject *part)
{
    Str text = converted(a, content_of(a, part), parameter(part, "charset"));
    return unwrapped(a, text, str_eq_fold(str_of(parameter(part, "format")), S("flowed")));
}

/* Letters outside of tags, scripts and styles: only to compare, so roughly. */
static ptrdiff_t page_letters(Str page)
{
    ptrdiff_t n = 0;
    bool in_tag = false, is_hidden = false;
    for (ptrdiff_t i = 0; i < page.n; i++) {
        Str at = str_sub(page, i, i + 8);
        if (page.p[i] == '<') {
            in_tag = true;
            bool is_style = str_eq_fold(str_sub(at, 0, 6), S("<style"));
            if (is_style || str_eq_fold(str_sub(at, 0, 7), S("<script"))) is_hidden = true;
            if (str_eq_fold(str_sub(at, 0, 7), S("</style")) || str_eq_fold(at, S("</script"))) is_hidden = false;
        } else if (page.p[i] == '>')
            in_tag = false;
        else
            n += !in_tag && !is_hidden && !is_blank(page.p[i]);
    }
    return n;
}

static ptrdiff_t plain_letters(Str text)
{
    ptrdiff_t n = 0;
    for (ptrdiff_t i = 0; i < text.n; i++) n += !is_blank(text.p[i]);
    return n;
}

/* ---- which parts are read ---------------------------------------------------------------------------------------- */
typedef struct { Mail *m; GMimeMessage *of; Arena *a; } Walk;
static void walk(const Walk *w, GMimeObject *part, int depth);

static void add_leaf(const Walk *w, GMimeObject *part, bool is_body, bool is_encrypted)
{
    if (w->m->n == PARTS_MAX) return;
    w->m->leaf[w->m->n++] = (Leaf){part, w->of, is_body, is_encrypted};
}

/* The first part of this type in an alternative, also within its multipart/related. */
static GMimeObject *find_type(GMimeObject *part, const char *subtype, int depth)
{
    if (is_type(part, "text", subtype)) return part;
    if (!GMIME_IS_MULTIPART(part) || depth > PARTS_DEPTH_MAX) return NULL;
    int n = g_mime_multipart_get_count((GMimeMultipart *)part);
    for (int i = 0; i < n; i++) {
        GMimeObject *found = find_type(g_mime_multipart_get_part((GMimeMultipart *)part, i), subtype, depth + 1);
        if (found) return found;
    }
    return NULL;
}

static void walk_alternative(const Walk *w, GMimeObject *part, int depth)
{
    GMimeObject *plain = find_type(part, "plain", depth), *page = find_type(part, "html", depth);
    if (plain && page) {
        ptrdiff_t written = plain_letters(content_of(w->a, plain)), shown = page_letters(content_of(w->a, page));
        if (written * 100 >= shown * PLAIN_ENOUGH_PERCENT)
            page = NULL;
        else
            plain = NULL;
    }
    if (plain || page) {
        add_leaf(w, plain ? plain : page, true, false);
        return;
    }
    int n = g_mime_multipart_get_count((GMimeMultipart *)part);
    if (n) walk(w, g_mime_multipart_get_part((GMimeMultipart *)part, n - 1), depth + 1);   /* the last is the richest */
}

static bool is_attached(GMimeObject *part)
{
    GMimeContentDisposition *d = g_mime_object_get_content_disposition(part);
    return d && g_mime_content_disposition_is_attachment(d);
}

static void walk_multipart(const Walk *w, GMimeObject *part, int depth)
{
    GMimeMultipart *many = (GMimeMultipart *)part;
    int n = g_mime_multipart_get_count(many);
    if (is_type(part, "multipart", "alternative")) {
        walk_alternative(w, part, depth);
        return;
    }
    if (is_type(part, "multipart", "encrypted")) {
        add_leaf(w, part, false, true);
        return;
    }
    bool first_only = is_type(part, "multipart", "related") || is_type(part, "multipart", "signed");
    for (int i = 0; i < (first_only && n ? 1 : n); i++) walk(w, g_mime_multipart_get_part(many, i), depth + 1);
}

static void walk(const Walk *w, GMimeObject *part, int depth)
{
    if (depth > PARTS_DEPTH_MAX || !part) return;
    if (GMIME_IS_MULTIPART(part)) {
        walk_multipart(w, part, depth);
    } else if (GMIME_IS_MESSAGE_PART(part)) {
        GMimeMessage *inner = g_mime_message_part_get_message((GMimeMessagePart *)part);
        if (inner) walk(&(Walk){w->m, inner, w->a}, g_mime_message_get_mime_part(inner), depth + 1);
    } else {
        bool is_text = is_type(part, "text", "plain") || is_type(part, "text", "html");
        add_leaf(w, part, is_text && !is_attached(part), false);
    }
}

/* ---- what the headers mean --------------------------------------------------------------------------------------- */
static Str kept(Arena *a, const char *z) { return str_trim(utf8_clean(a, arena_str(a, str_of(z)))); }

static Str domain_of(Str address)
{
    ptrdiff_t at = str_find(address, S("@"));
    return at < 0 ? (Str){0} : str_sub(address, at + 1, address.n);
}

/* "Velm Dispatch" of `Velm Dispatch <list.velm.example>`, else the id itself (RFC 2919). */
static Str list_name(Arena *a, GMimeMessage *message)
{
    Str id = kept(a, g_mime_object_get_header((GMimeObject *)message, "List-Id"));
    ptrdiff_t open = str_find(id, S("<"));
    if (open < 0) return id;
    char *name = g_mime_utils_header_decode_phrase(options, arena_cstr(a, str_trim(str_sub(id, 0, open))));
    Str decoded = kept(a, name);
    g_free(name);
    bool is_in_quotes = decoded.n > 1 && decoded.p[0] == '"' && str_ends(decoded, S("\""));
    if (is_in_quotes) decoded = str_sub(decoded, 1, decoded.n - 1);
    if (decoded.n) return decoded;
    ptrdiff_t close = str_find(id, S(">"));
    return str_sub(id, open + 1, close < 0 ? id.n : close);
}

static Str date_of(Arena *a, GMimeMessage *message)
{
    GDateTime *date = g_mime_message_get_date(message);
    if (!date || g_date_time_get_year(date) < 1971 || g_date_time_get_year(date) > 2200) return (Str){0};
    int zone = (int)(g_date_time_get_utc_offset(date) / G_TIME_SPAN_MINUTE), ahead = zone < 0 ? -zone : zone;
    Str day = arena_printf(a, "%04d-%02d-%02dT%02d:%02d:%02d", g_date_time_get_year(date), g_date_time_get_month(date),
                           g_date_time_get_day_of_month(date), g_date_time_get_hour(date), g_date_time_get_minute(date),
                           g_date_time_get_second(date));
    if (!zone) return arena_printf(a, "%.*sZ", STR(day));
    return arena_printf(a, "%.*s%c%02d:%02d", STR(day), zone < 0 ? '-' : '+', ahead / 60, ahead % 60);
}

static Given given_of(Arena *a, GMimeMessage *message)
{
    Given g = {.is_sure = true, .published_how = PUBLISHED_STATED};
    InternetAddressList *from = g_mime_message_get_from(message);
    bool has_from = from && internet_address_list_length(from) > 0;
    InternetAddress *first = has_from ? internet_address_list_get_address(from, 0) : NULL;
    Str address = first && INTERNET_ADDRESS_IS_MAILBOX(first)
                      ? kept(a, internet_address_mailbox_get_addr((InternetAddressMailbox *)first)) : (Str){0};
    g.author = first ? kept(a, internet_address_get_name(first)) : (Str){0};
    if (!g.author.n) g.author = address;
    g.title = kept(a, g_mime_message_get_subject(message));
    g.published = date_of(a, message);
    g.publisher = list_name(a, message);
    if (!g.publisher.n) g.publisher = domain_of(address);
    g.lang = kept(a, g_mime_object_get_header((GMimeObject *)message, "Content-Language"));
    if (str_find(g.lang, S(",")) >= 0) g.lang = (Str){0};
    Str id = kept(a, g_mime_message_get_message_id(message));
    if (id.n) g.uri = arena_printf(a, "mid:%.*s", STR(id));
    return g;
}

/* ---- one message: the format's functions ------------------------------------------------------------------------- */
static bool mail_open(Level *l, Err *e)
{
    if (!level_whole(l, "a mail", "leave it out, or save its text", e)) return false;
    Mail *m = calloc(1, sizeof *m);
    if (!m) return fail(e, ERR_MEMORY, "no memory left to read it");
    l->state = m;
    m->message = parse(reader_view(&l->reader));
    if (!m->message) return fail(e, ERR_INPUT, "is no mail that can be understood: its head is broken");
    walk(&(Walk){m, m->message, &l->scratch}, g_mime_message_get_mime_part(m->message), 0);
    return true;
}

/* Pictures, sounds, signatures, invitations: part of many mails and never an article. */
static bool is_ornament(GMimeObject *part)
{
    static const char *const types[][2] = {
        {"image", "*"}, {"audio", "*"}, {"video", "*"}, {"font", "*"}, {"text", "calendar"},
        {"text", "css"}, {"text", "rfc822-headers"}, {"message", "delivery-status"}, {"application", "pgp-signature"},
        {"application", "pkcs7-signature"}, {"application", "x-pkcs7-signature"}, {"application", "pgp-keys"},
        {"application", "ics"}};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (is_type(part, types[i][0], types[i][1])) return true;
    return false;
}

static Str headers_of(Arena *a, GMimeObject *part)
{
    GMimeContentType *type = g_mime_object_get_content_type(part);
    char *written = type ? g_mime_content_type_encode(type, NULL) : NULL;
    Str headers = written ? arena_printf(a, "Content-Type: %s\n", written) : (Str){0};
    g_free(written);
    return headers;
}

static bool is_plain_body(const Leaf *leaf) { return leaf->is_body && is_type(leaf->part, "text", "plain"); }

/* Texts of one message that follow each other are one: a list's footer, the lines around a picture. */
static Str plain_body(Arena *a, Mail *m)
{
    const Leaf *leaf = &m->leaf[m->at - 1];
    Buf b = {.to = a};
    buf_add(&b, text_of(a, leaf->part));
    for (; m->at < m->n && is_plain_body(&m->leaf[m->at]) && m->leaf[m->at].of == leaf->of; m->at++) {
        buf_add(&b, S("\n\n"));
        buf_add(&b, text_of(a, m->leaf[m->at].part));
    }
    return buf_str(&b);
}

static void name_leaf(Arena *a, const Mail *m, const Leaf *leaf, int number, Member *to)
{
    const char *file = GMIME_IS_PART(leaf->part) ? g_mime_part_get_filename((GMimePart *)leaf->part) : NULL;
    if (!leaf->is_body && file && *file)
        to->name = arena_str(a, str_of(file));
    else if (number > 1 || leaf->of != m->message)
        to->name = arena_printf(a, "part %d", number);
}

static ItemState mail_next(Level *l, Member *to, Err *e)
{
    Mail *m = l->state;
    Arena *a = &l->scratch;
    while (m->at < m->n) {
        const Leaf *leaf = &m->leaf[m->at++];
        name_leaf(a, m, leaf, m->at, to);
        m->was_told = true;
        if (leaf->is_encrypted) {
            fail(e, ERR_INPUT, "is encrypted; decrypt it in your mail program and save its text");
            return ITEM_FAILED;
        }
        if (is_ornament(leaf->part)) continue;
        if (leaf->is_body) to->given = given_of(a, leaf->of);            /* who sends a paper on has not written it */
        to->given.headers = headers_of(a, leaf->part);
        to->bytes = is_plain_body(leaf) ? plain_body(a, m) : content_of(a, leaf->part);
        to->kind = is_plain_body(leaf) ? CONTENT_TEXT : CONTENT_UNKNOWN;
        if (leaf->is_body && to->kind == CONTENT_UNKNOWN) to->kind = CONTENT_PAGE;
        return ITEM_DOCUMENT;
    }
    if (m->was_told) return ITEM_END;
    m->was_told = true;
    fail(e, ERR_INPUT, "is a mail without a text; nothing to read");
    return ITEM_FAILED;
}

static void mail_close(Level *l)
{
    Mail *m = l->state;
    if (m->message) g_object_unref(m->message);
    free(m);
}

const Format format_mail = {.open = mail_open, .next = mail_next, .close = mail_close};

/* ---- mailboxes --------------------------------------------------------------------------------------------------- */
/* pending: bytes of the message at hand, dropped by the next call */
typedef struct { ptrdiff_t pending; int64_t n; } Box;

/* "From ilse@velm.example Tue Mar 18 09:30:00 2025": a time stands in every variant. */
bool mail_is_divider(Str line)
{
    if (!str_starts(line, S("From "))) return false;
    for (ptrdiff_t i = 5; i + 4 < line.n; i++)
        if (line.p[i] >= '0' && line.p[i] <= '9' && line.p[i + 1] == ':' && line.p[i + 2] >= '0' &&
            line.p[i + 2] <= '5')
            return true;
    return false;
}

/* Where the next divider begins in s at or behind `at`, after an empty line; -1. is_all: nothing will follow s. */
static ptrdiff_t next_divider(Str s, ptrdiff_t at, bool is_all)
{
    for (; at < s.n;) {
        ptrdiff_t found = str_find(str_sub(s, at, s.n), S("\nFrom "));
        if (found < 0) return -1;
        at += found + 1;
        Str rest = str_sub(s, at, s.n), line = rest;
        ptrdiff_t end = str_find(rest, S("\n"));
        if (end < 0 && !is_all) return -1;
        if (end >= 0) line.n = end;
        bool after_blank = at >= 2 && (s.p[at - 2] == '\n' || (s.p[at - 2] == '\r' && at >= 3 && s.p[at - 3] == '\n'));
        if (after_blank && mail_is_divider(line)) return at;
    }
    return -1;
}

/* ">From " at a line's begin was "From " (mboxrd). */
static Str unquoted(Arena *a, Str message)
{
    if (str_find(message, S("\n>")) < 0) return message;
    Buf b = {.to = a};
    Str rest = message, line;
    while (str_split(&rest, '\n', &line)) {
        ptrdiff_t i = 0;
        while (i < line.n && line.p[i] == '>') i++;
        if (i > 0 && str_starts(str_sub(line, i, line.n), S("From "))) line = str_sub(line, 1, line.n);
        buf_add(&b, line);
        buf_char(&b, '\n');
    }
    return buf_str(&b);
}

static bool mbox_open(Level *l, Err *e)
{
    l->state = calloc(1, sizeof(Box));
    return l->state ? true : fail(e, ERR_MEMORY, "no memory left to read it");
}

static ItemState mbox_next(Level *l, Member *to, Err *e)
{
    Box *box = l->state;
    Reader *r = &l->reader;
    reader_drop(r, box->pending);
    box->pending = 0;
    to->name = arena_printf(&l->scratch, "message %lld", (long long)++box->n);
    int64_t dropped = 0;
    for (ptrdiff_t seen = 0;;) {
        Str w = reader_view(r);
        ptrdiff_t end = next_divider(w, seen, r->at_end);
        if (end < 0 && r->at_end) end = w.n;
        if (end >= 0 && !w.n) return ITEM_END;
        if (end >= 0) {
            box->pending = end;
            if (!dropped) {
                Str message = str_sub(w, 0, end);
                ptrdiff_t first = str_find(message, S("\n"));            /* the divider itself */
                to->bytes = unquoted(&l->scratch, str_sub(message, first + 1, end));
                to->kind = CONTENT_MAIL;
                return ITEM_DOCUMENT;
            }
            fail(e, ERR_LIMIT, "is a mail of %lld bytes, at most %d are read; leave it out", (long long)(dropped + end),
                 INPUT_FILE_MAX);
            return ITEM_FAILED;
        }
        if (w.n > INPUT_FILE_MAX) {                      /* keeps a divider that is cut in two */
            dropped += w.n - 4096;
            reader_drop(r, w.n - 4096);
            w = reader_view(r);
        }
        seen = w.n > 4096 ? w.n - 4096 : 0;
        if (!reader_more(r, e)) return ITEM_FAILED;
    }
}

static void mbox_close(Level *l) { free(l->state); }

const Format format_mbox = {.open = mbox_open, .next = mbox_next, .close = mbox_close};
