/* embed SYMBOL FILE: C on standard output that holds the bytes of FILE.
**
**   extern const char SYMBOL[];       followed by a zero byte
**   extern const int SYMBOL_n;        its length without the zero
**
** String literals, one a line of the file (and at most LITERAL_MAX bytes), compile some twenty times faster than
** lists of numbers, and can be read. Needs nothing but the C library, so that the build can start with it.
*/
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

enum { LITERAL_MAX = 100 };

static void put_byte(int c)
{
    if (c == '\n') fputs("\\n", stdout);
    else if (c == '"' || c == '\\' || c == '?') printf("\\%c", c);   /* ?? would be a trigraph */
    else if (c >= ' ' && c < 0x7F) putchar(c);
    else printf("\\%03o", (unsigned)c);
}

static long put_file(FILE *f)
{
    long n = 0;
    int c, width = 0;
    for (; (c = getc(f)) != EOF; n++) {
        if (width == 0) fputs("\n    \"", stdout);
        put_byte(c);
        if (++width == LITERAL_MAX || c == '\n') fputs("\"", stdout), width = 0;
    }
    if (width > 0) fputs("\"", stdout);
    return n;
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "usage: embed SYMBOL FILE\n");
        return 2;
    }
    FILE *f = fopen(argv[2], "rb");
    if (!f) {
        fprintf(stderr, "embed: cannot open '%s': %s\n", argv[2], strerror(errno));
        return 1;
    }
    printf("/* Made by embed from %s. Do not edit. */\nextern const char %s[];\nextern const int %s_n;\n",
           argv[2], argv[1], argv[1]);
    printf("const char %s[] = \"\"", argv[1]);
    long n = put_file(f);
    printf(";\nconst int %s_n = %ld;\n", argv[1], n);
    int bad = ferror(f) || n > INT_MAX;
    fclose(f);
    if (bad) fprintf(stderr, "embed: '%s' cannot be read, or is longer than an int can say\n", argv[2]);
    if (fflush(stdout) != 0 || ferror(stdout)) bad = 1, fprintf(stderr, "embed: the output cannot be written\n");
    return bad;
}
