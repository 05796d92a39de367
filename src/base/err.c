/* Errors are sentences, and every sentence is printed the same way everywhere.
**
** "reading feed 'un.xml' line 12: item is 9000000 bytes, at most 4000000 are read": the part behind the colon was
** written by the one who found the fault (fail), the part before it by the caller who knew the file (err_while).
**
** Always: the text ends in a zero and is well-formed where its parts were; what does not fit is cut between two
** characters and marked with an ellipsis. Names of files and pieces of documents may carry terminal escapes: control
** characters become '?'. e may be NULL for a caller who only wants to know whether.
** A host program may have set a locale in which 0.5 is printed "0,5"; text_vprintf prints "0.5" there too.
*/
#include "base/inside.h"
#include <pthread.h>
#include <stdio.h>
#include <string.h>

static locale_t c_locale;
static pthread_once_t c_locale_once = PTHREAD_ONCE_INIT;

static void c_locale_make(void)
{
    c_locale = newlocale(LC_ALL_MASK, "C", (locale_t)0);  /* glibc: a constant, cannot fail */
}

locale_t text_locale(void)
{
    pthread_once(&c_locale_once, c_locale_make);
    return c_locale;
}

int text_vprintf(char *to, size_t n, const char *format, va_list with)
{
    locale_t c = text_locale(), before = c ? uselocale(c) : (locale_t)0;
    int length = vsnprintf(to, n, format, with);
    if (c) uselocale(before);
    return length;
}

/* C0 (but line feed and tab), DEL, and C1 as UTF-8 writes it (C2 80 … C2 9F) could drive a terminal. */
ptrdiff_t text_tame(char *p, ptrdiff_t n)
{
    for (ptrdiff_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)p[i];
        if ((c < 0x20 && c != '\n' && c != '\t') || c == 0x7F) p[i] = '?';
        else if (c == 0xC2 && i + 1 < n && (unsigned char)p[i + 1] >= 0x80 && (unsigned char)p[i + 1] < 0xA0)
            p[i] = p[i + 1] = '?';
    }
    return n;
}

/* Puts s into e, cut to what fits. */
static void settle(Err *e, char *s, size_t n)
{
    static const char dots[] = "\xE2\x80\xA6";
    if (n >= sizeof e->text) {
        n = sizeof e->text - sizeof dots;
        while (n > 0 && ((unsigned char)s[n] & 0xC0) == 0x80) n--;
        memcpy(s + n, dots, sizeof dots);
        n += sizeof dots - 1;
    }
    text_tame(s, (ptrdiff_t)n);
    memcpy(e->text, s, n);
    e->text[n] = 0;
}

bool fail(Err *e, ErrCode code, const char *format, ...)
{
    if (!e) return false;
    char s[2 * sizeof e->text];                           /* apart from e: the arguments may lie in e->text */
    va_list with;
    va_start(with, format);
    int n = text_vprintf(s, sizeof s, format, with);
    va_end(with);
    e->code = code;
    e->line = 0;
    settle(e, s, n < 0 ? 0 : n < (int)sizeof s ? (size_t)n : sizeof s - 1);
    return false;
}

bool err_while(Err *e, const char *format, ...)
{
    if (!e) return false;
    char s[2 * sizeof e->text];
    va_list with;
    va_start(with, format);
    int n = text_vprintf(s, sizeof e->text, format, with);
    va_end(with);
    if (n < 0) n = 0;
    if (n > (int)sizeof e->text / 2) n = sizeof e->text / 2;  /* the reason behind it matters more */
    while (n > 0 && ((unsigned char)s[n] & 0xC0) == 0x80) n--;
    n += snprintf(s + n, sizeof s - (size_t)n, ": %s", e->text);
    settle(e, s, (size_t)n);
    return false;
}
