/* The words of a line, one after the other: what each entry of a scenario is read with.
**
** Every function that fails has said so with file:line and what to write instead. What an entry rests on stands at the
** end of its line and is taken off first, so that the readers of entries see only their own words.
*/
#include "foresee/reader.h"
#include <stdarg.h>
#include <stdio.h>

bool reader_fail(const Reader *r, const char *format, ...)
{
    char said[420];
    va_list with;
    va_start(with, format);
    vsnprintf(said, sizeof said, format, with);
    va_end(with);
    return lines_fail(&r->in, r->line->number, r->e, "%s", said);
}

bool at_end(const Reader *r) { return r->line->at >= r->line->tokens.n; }

static const LineToken *here(const Reader *r) { return at_end(r) ? NULL : &r->line->tokens.v[r->line->at]; }

bool take_basis(Reader *r, Basis *to)
{
    Line *l = r->line;
    int32_t end = l->tokens.n;
    *to = (Basis){.line = l->number};
    for (; end > 1; end--) {
        const LineToken *t = &l->tokens.v[end - 1];
        if (t->kind == TOKEN_WORD && str_eq(t->text, S("assumed"))) to->is_assumed = true;
        else if (t->kind != TOKEN_SPAN) break;
    }
    for (int32_t i = end; i < l->tokens.n; i++) {
        const LineToken *t = &l->tokens.v[i];
        if (t->kind != TOKEN_SPAN) continue;
        int32_t text = map_get(&r->texts, t->text);
        if (text < 0)
            return reader_fail(r, "no text is called '%.*s'; declare it: text %.*s SHA256 \"TITLE\"", STR(t->text), STR(t->text));
        *push(r->a, &to->cites) = (Cite){text, t->begin, t->end};
    }
    if (to->cites.n) r->sc->n_cited++;
    else if (to->is_assumed) r->sc->n_assumed++;
    else r->sc->n_bare++;
    l->tokens.n = end;
    return true;
}

bool take_word(Reader *r, const char *what, Str *to)
{
    const LineToken *t = here(r);
    if (!t || (t->kind != TOKEN_WORD && t->kind != TOKEN_QUOTED) || !t->text.n)
        return reader_fail(r, "%s is missing here%s%.*s%s", what, t ? "; the line has '" : "", STR(t ? t->text : S("")), t ? "'" : "");
    *to = t->text;
    r->line->at++;
    return true;
}

bool take_words(Reader *r, Str *to)
{
    const LineToken *t = here(r);
    if (t && t->kind == TOKEN_QUOTED) { *to = t->text; r->line->at++; }
    return true;
}

bool take_keyword(Reader *r, const char *word)
{
    const LineToken *t = here(r);
    if (!t || t->kind != TOKEN_WORD || !str_eq(t->text, str_of(word))) return false;
    r->line->at++;
    return true;
}

bool take_range(Reader *r, const char *what, Range *to)
{
    Str word;
    if (!take_word(r, what, &word)) return false;
    if (range_read(word, to)) return true;
    return reader_fail(r, "'%.*s' is no %s; write 40, a range 35..45, or 35..38..45 with the likeliest in the middle", STR(word), what);
}

bool take_name(Reader *r, const char *what, const Map *among, int32_t *to)
{
    Str word;
    if (!take_word(r, what, &word)) return false;
    *to = map_get(among, word);
    return *to >= 0 || reader_fail(r, "no %s is called '%.*s'; declare it first, or mend the name", what, STR(word));
}

bool take_end(Reader *r, const char *usage)
{
    const LineToken *t = here(r);
    return !t || reader_fail(r, "'%.*s' is not understood here; the line reads: %s", STR(t->text), usage);
}

bool declare(Reader *r, Map *in, const char *what, Str name, int32_t index)
{
    int32_t *at = map_at(in, name);
    if (*at >= 0) return reader_fail(r, "a second %s is called '%.*s'; give it another name", what, STR(name));
    *at = index;
    return true;
}

/* ---- expressions: or, and, not, names, parentheses ---------------------------------------------------------- */
enum { EXPR_DEPTH_MAX = 100 };

static bool expr_or(Reader *r, bool of_conditions, int depth, int32_t *to);

static bool is_sign_here(const Reader *r, char c)
{
    const LineToken *t = here(r);
    return t && t->kind == TOKEN_SIGN && t->text.p[0] == c;
}

static bool expr_leaf(Reader *r, bool of_conditions, int32_t *to)
{
    Str name;
    if (!take_word(r, of_conditions ? "a condition of the world" : "an option", &name)) return false;
    if (str_eq(name, S("anything"))) { *to = scenario_expr(r->a, r->sc, EXPR_TRUE, -1, -1); return true; }
    int32_t at = map_get(of_conditions ? &r->conditions : &r->options, name);
    if (at < 0)
        return reader_fail(r, "no %s is called '%.*s'; %s", of_conditions ? "condition" : "option", STR(name),
                           of_conditions ? "declare it: condition NAME \"WORDS\" chance 0.2..0.4"
                                         : "declare it below its actor: option NAME \"WORDS\"");
    *to = scenario_expr(r->a, r->sc, of_conditions ? EXPR_CONDITION : EXPR_OPTION, -1, at);
    return true;
}

static bool expr_not(Reader *r, bool of_conditions, int depth, int32_t *to)
{
    if (depth > EXPR_DEPTH_MAX) return reader_fail(r, "parentheses stand more than %d deep; simplify", EXPR_DEPTH_MAX);
    if (is_sign_here(r, '!')) {
        r->line->at++;
        if (!expr_not(r, of_conditions, depth + 1, to)) return false;
        *to = scenario_expr(r->a, r->sc, EXPR_NOT, *to, -1);
        return true;
    }
    if (!is_sign_here(r, '(')) return expr_leaf(r, of_conditions, to);
    r->line->at++;
    if (!expr_or(r, of_conditions, depth + 1, to)) return false;
    if (!is_sign_here(r, ')')) return reader_fail(r, "a parenthesis is not closed; put ')' where it ends");
    r->line->at++;
    return true;
}

static bool expr_and(Reader *r, bool of_conditions, int depth, int32_t *to)
{
    if (!expr_not(r, of_conditions, depth, to)) return false;
    while (is_sign_here(r, '&')) {
        int32_t right;
        r->line->at++;
        if (!expr_not(r, of_conditions, depth, &right)) return false;
        *to = scenario_expr(r->a, r->sc, EXPR_AND, *to, right);
    }
    return true;
}

static bool expr_or(Reader *r, bool of_conditions, int depth, int32_t *to)
{
    if (!expr_and(r, of_conditions, depth, to)) return false;
    while (is_sign_here(r, '|')) {
        int32_t right;
        r->line->at++;
        if (!expr_and(r, of_conditions, depth, &right)) return false;
        *to = scenario_expr(r->a, r->sc, EXPR_OR, *to, right);
    }
    return true;
}

bool take_expr(Reader *r, bool of_conditions, int32_t *to) { return expr_or(r, of_conditions, 0, to); }
