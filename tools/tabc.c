/* tabc TABLE OUTBASE: a table of knowledge becomes C, as base/table.h says.
**
** data/lexicon/cues.tab → OUTBASE.h and OUTBASE.c
**   typedef struct { Str verb, kind, polarity; } CuesRow;
**   const CuesRow cues_rows[] = { {{"vow", 3}, {"promise", 7}, {"+1", 2}}, … };
**
** Rows are sorted by their first cell, by bytes; equal ones keep the order of the file. The same table gives the same
** bytes on every machine. A mistake in the table is told as file:line, and then nothing is written.
*/
#include "base/io.h"
#include "base/table.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TABLE_MAX = 512 << 20 };

static Arena arena = {.budget = (ptrdiff_t)8 << 30};
static jmp_buf landing;

/* ---- names ------------------------------------------------------------------------------------------------ */

static Str base_name(Str path)
{
    for (ptrdiff_t i = path.n; i > 0; i--)
        if (path.p[i - 1] == '/') return str_sub(path, i, path.n);
    return path;
}

static bool is_c_name(Str s)
{
    static const char *const keywords[] = {
        "auto", "bool", "break", "case", "char", "const", "continue", "default", "do", "double", "else", "enum",
        "extern", "false", "float", "for", "goto", "if", "inline", "int", "long", "register", "restrict", "return",
        "short", "signed", "sizeof", "static", "struct", "switch", "true", "typedef", "union", "unsigned", "void",
        "volatile", "while", "asm", "typeof", "linux", "unix"};
    for (size_t i = 0; i < sizeof keywords / sizeof keywords[0]; i++)
        if (str_eq(s, str_of(keywords[i]))) return false;
    for (ptrdiff_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (!(c >= 'a' && c <= 'z') && !(i > 0 && ((c >= '0' && c <= '9') || c == '_'))) return false;
    }
    return s.n > 0;
}

/* cue_verbs → CueVerbs */
static Str camel(Arena *to, Str name)
{
    Buf b = {.to = to};
    bool is_first = true;
    for (ptrdiff_t i = 0; i < name.n; i++) {
        char c = name.p[i];
        if (c != '_') buf_char(&b, is_first && c >= 'a' && c <= 'z' ? (char)(c - 32) : c);
        is_first = c == '_';
    }
    return buf_str(&b);
}

/* ---- C ---------------------------------------------------------------------------------------------------- */

/* A Str initialiser. UTF-8 stays as it is; ?? would be a trigraph in C11. */
static void put_view(Buf *b, Str s)
{
    if (!s.p) {
        buf_add(b, S("{0, 0}"));
        return;
    }
    buf_add(b, S("{\""));
    for (ptrdiff_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c == '"' || c == '\\' || c == '?') buf_char(b, '\\');
        if (c < 0x20 || c == 0x7F) buf_printf(b, "\\%03o", c);
        else buf_char(b, (char)c);
    }
    buf_printf(b, "\", %td}", s.n);
}

static void put_head(Buf *b, const Table *t, Str file)
{
    Str name = t->name, type = camel(b->to, name);
    buf_printf(b, "/* Made by tabc from %.*s. Do not edit. */\n", STR(file));
    buf_printf(b, "#ifndef GEN_%.*s_H\n#define GEN_%.*s_H\n#include \"base/table.h\"\n\n", STR(name), STR(name));
    buf_add(b, S("typedef struct { Str "));
    for (int32_t i = 0; i < t->columns.n; i++) buf_printf(b, "%s%.*s", i ? ", " : "", STR(t->columns.v[i]));
    buf_printf(b, "; } %.*sRow;\n", STR(type));
    buf_printf(b, "extern const %.*sRow %.*s_rows[];\nextern const int32_t %.*s_n;\n", STR(type), STR(name), STR(name));
    buf_printf(b, "extern const TableExample %.*s_examples[];\nextern const int32_t %.*s_examples_n;\n#endif\n",
               STR(name), STR(name));
}

static void put_rows(Buf *b, const Table *t, const int32_t *order)
{
    Str name = t->name;
    buf_printf(b, "const %.*sRow %.*s_rows[] = {\n", STR(camel(b->to, name)), STR(name));
    for (int32_t i = 0; i < t->rows.n; i++) {
        const Strs *cells = &t->rows.v[order[i]].cells;
        buf_add(b, S("    {"));
        for (int32_t j = 0; j < cells->n; j++) {
            if (j) buf_add(b, S(", "));
            put_view(b, cells->v[j]);
        }
        buf_add(b, S("},\n"));
    }
    if (t->rows.n == 0) buf_add(b, S("    {{0, 0}}\n"));   /* C knows no empty array */
    buf_printf(b, "};\nconst int32_t %.*s_n = %d;\n\n", STR(name), t->rows.n);
}

static void put_examples(Buf *b, const Table *t, const int32_t *place)
{
    Str name = t->name;
    buf_printf(b, "const TableExample %.*s_examples[] = {\n", STR(name));
    for (int32_t i = 0; i < t->examples.n; i++) {
        const TableExample *x = &t->examples.v[i];
        buf_printf(b, "    {%s, ", x->holds ? "true" : "false");
        put_view(b, x->text);
        buf_add(b, S(", "));
        put_view(b, x->expected);
        buf_printf(b, ", %d, %d},\n", place[x->row], x->line);
    }
    if (t->examples.n == 0) buf_add(b, S("    {0}\n"));
    buf_printf(b, "};\nconst int32_t %.*s_examples_n = %d;\n", STR(name), t->examples.n);
}

/* ---- the way through -------------------------------------------------------------------------------------- */

static const Table *sorting;                              /* qsort has no argument of its own for us */

static int by_first_cell(const void *a, const void *b)
{
    int32_t i = *(const int32_t *)a, j = *(const int32_t *)b;
    int order = str_cmp(sorting->rows.v[i].cells.v[0], sorting->rows.v[j].cells.v[0]);
    return order ? order : (i > j) - (i < j);
}

static bool check_names(Str file, const Table *t, Err *e)
{
    if (!is_c_name(t->name))
        return fail(e, ERR_INPUT, "%.*s:1: the file's name becomes a name in C: use small letters, digits and _",
                    STR(file));
    for (int32_t i = 0; i < t->columns.n; i++)
        if (!is_c_name(t->columns.v[i]))
            return fail(e, ERR_INPUT, "%.*s:1: column '%.*s' is a word of C; choose another name", STR(file),
                        STR(t->columns.v[i]));
    return true;
}

static bool write_both(const Table *t, Str file, Str out, Err *e)
{
    int32_t n = t->rows.n, *order = arena_new(&arena, int32_t, n + 1), *place = arena_new(&arena, int32_t, n + 1);
    for (int32_t i = 0; i < n; i++) order[i] = i;
    sorting = t;
    qsort(order, (size_t)n, sizeof *order, by_first_cell);
    for (int32_t i = 0; i < n; i++) place[order[i]] = i;

    Buf head = {.to = &arena}, body = {.to = &arena};
    put_head(&head, t, base_name(file));
    buf_printf(&body, "/* Made by tabc from %.*s. Do not edit. */\n#include \"%.*s.h\"\n\n", STR(base_name(file)),
               STR(base_name(out)));
    put_rows(&body, t, order);
    put_examples(&body, t, place);

    const char *head_path = arena_cstr(&arena, arena_printf(&arena, "%.*s.h", STR(out)));
    const char *body_path = arena_cstr(&arena, arena_printf(&arena, "%.*s.c", STR(out)));
    if (!io_write_file(head_path, buf_str(&head), e)) return false;
    if (io_write_file(body_path, buf_str(&body), e)) return true;
    remove(head_path);
    return false;
}

static bool compile(Str file, Str out, Err *e)
{
    Table t;
    IoFile f;
    if (!io_open(&f, arena_cstr(&arena, file), TABLE_MAX, e)) return false;
    bool ok = table_read(&arena, file, f.bytes, &t, e);   /* messages name the file as it was given to us */
    io_close(&f);
    if (!ok) return false;
    t.name = base_name(file);
    if (str_ends(t.name, S(".tab"))) t.name.n -= 4;
    return check_names(file, &t, e) && write_both(&t, file, out, e);
}

int main(int argc, char **argv)
{
    Err e = {0};
    if (argc != 3) {
        io_note("usage: tabc TABLE OUTBASE");
        return 2;
    }
    arena.landing = &landing;
    if (setjmp(landing)) {
        io_note("%s: memory is out", argv[1]);
        return 1;
    }
    bool ok = compile(str_of(argv[1]), str_of(argv[2]), &e);
    if (!ok) io_note("%s", e.text);
    arena_close(&arena);
    return !ok;
}
