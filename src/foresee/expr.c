/* Expressions over options and conditions: made, asked, and told in words.
**
**   talks & !(seize | boycott)      holds of a state in which they talk and nobody seizes or boycotts
*/
#include "foresee/scenario.h"
#include <string.h>

int32_t scenario_expr(Arena *a, Scenario *sc, ExprKind kind, int32_t left, int32_t right)
{
    *push(a, &sc->exprs) = (Expr){kind, left, right};
    return sc->exprs.n - 1;
}

bool expr_holds(const Scenario *sc, int32_t expr, uint64_t options, uint32_t conditions)
{
    if (expr < 0) return true;
    Expr x = sc->exprs.v[expr];
    switch (x.kind) {
    case EXPR_TRUE: return true;
    case EXPR_OPTION: return options >> x.right & 1;
    case EXPR_CONDITION: return conditions >> x.right & 1;
    case EXPR_NOT: return !expr_holds(sc, x.left, options, conditions);
    case EXPR_AND: return expr_holds(sc, x.left, options, conditions) && expr_holds(sc, x.right, options, conditions);
    case EXPR_OR: return expr_holds(sc, x.left, options, conditions) || expr_holds(sc, x.right, options, conditions);
    }
    return false;
}

static void put_name(Str name, Buf *out)
{
    bool is_plain = name.n > 0;
    for (ptrdiff_t i = 0; i < name.n; i++) is_plain &= !strchr(" \t\"!&|()#[]", name.p[i]);
    if (is_plain) { buf_add(out, name); return; }
    buf_char(out, '"');
    for (ptrdiff_t i = 0; i < name.n; i++) {
        if (name.p[i] == '"' || name.p[i] == '\\') buf_char(out, '\\');
        buf_char(out, name.p[i]);
    }
    buf_char(out, '"');
}

static int binding(ExprKind k) { return k == EXPR_OR ? 0 : k == EXPR_AND ? 1 : 2; }

static void put_expr(const Scenario *sc, int32_t expr, int outer, Buf *out)
{
    Expr x = sc->exprs.v[expr];
    bool is_enclosed = binding(x.kind) < outer;
    if (is_enclosed) buf_char(out, '(');
    switch (x.kind) {
    case EXPR_TRUE: buf_add(out, S("anything")); break;
    case EXPR_OPTION: put_name(sc->options.v[x.right].name, out); break;
    case EXPR_CONDITION: put_name(sc->conditions.v[x.right].name, out); break;
    case EXPR_NOT:
        buf_char(out, '!');
        put_expr(sc, x.left, 2, out);
        break;
    case EXPR_AND:
    case EXPR_OR:
        put_expr(sc, x.left, binding(x.kind), out);
        buf_add(out, x.kind == EXPR_AND ? S(" & ") : S(" | "));
        put_expr(sc, x.right, binding(x.kind) + 1, out);
    }
    if (is_enclosed) buf_char(out, ')');
}

void expr_words(const Scenario *sc, int32_t expr, Buf *out)
{
    if (expr < 0) buf_add(out, S("anything"));
    else put_expr(sc, expr, 0, out);
}

void basis_words(const Scenario *sc, const Basis *b, Buf *out)
{
    for (int32_t i = 0; i < b->cites.n; i++)
        buf_printf(out, " %.*s[%d,%d]", STR(sc->texts.v[b->cites.v[i].text].name), b->cites.v[i].begin, b->cites.v[i].end);
    if (b->is_assumed) buf_add(out, S(" assumed"));
}

Stand *scenario_stand(const Scenario *sc, int32_t actor, int32_t issue) { return &sc->actors.v[actor].stands[issue]; }
