/* Formats: who reads what.
**
** A row a kind of content: a document has a `record` (in the workers: bytes to text and what is known of it), a
** container has `open`, `next` and `close` (in the one thread that makes items: it names its members, whose bytes are
** sniffed in their turn). To teach the program a format, write its reader and give it a row here, and a magic number in
** sniff.c; pages in archives, feeds in mails and the like then follow by themselves.
**
** Always: every kind that sniff.c names has a row, but those that nest.c takes apart itself (JSON arrays, UTF-16).
*/
#include "input/feed.h"
#include "input/mail.h"
#include "input/office.h"
#include "input/unpack.h"

static const Format text = {.record = text_record}, json = {.record = json_record},
                    page = {.record = page_item_record};
static const Format *const formats[CONTENT_COUNT] = {
    [CONTENT_TEXT] = &text,
    [CONTENT_JSON] = &json,
    [CONTENT_PAGE] = &page,
    [CONTENT_FEED] = &format_feed,
    [CONTENT_ENTRY] = &format_entry,
    [CONTENT_COMPRESSED] = &format_compressed,
    [CONTENT_ARCHIVE] = &format_archive,
    [CONTENT_PDF] = &format_pdf,
    [CONTENT_OFFICE] = &format_office,
    [CONTENT_MAIL] = &format_mail,
    [CONTENT_MBOX] = &format_mbox,
    [CONTENT_WARC] = &format_warc,
};

const Format *format_of(Content kind) { return formats[kind]; }
