/* Formats: who reads what.
**
** A row a kind of content: a document has a `record` (in the workers: bytes to text and what is known of it), a
** container has `open`, `next` and `close` (in the one thread that makes items: it names its members, whose bytes are
** sniffed in their turn). To teach the program a format, write its reader and give it a row here, and a magic number in
** sniff.c; pages in archives, feeds in mails and the like then follow by themselves.
**
** Always: a kind without a row is refused by sniff.c, with its remedy.
*/
#include "input/inside.h"

static const Format formats[CONTENT_COUNT] = {
    [CONTENT_TEXT] = {.record = text_record},
    [CONTENT_JSON] = {.record = json_record},
};

const Format *format_of(Content kind)
{
    const Format *f = &formats[kind];
    return f->record || f->open ? f : NULL;
}
