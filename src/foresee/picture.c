/* Pictures of what the models found.
**
**   bargain      positions over turns, a line an actor, the weighted mean dashed
**   conflict     states round a circle; an arrow for each move that is better for its mover; ringed where nobody leaves
**   ladder       branches to the right, as thick as they are likely
**   game         the tree, what is best drawn thick
**
** SVG 1.1 without scripts, fonts or links: text is escaped, coordinates have one decimal, so equal models give equal bytes.
** Colours are those of Okabe and Ito (2008), which colour-blind readers can tell apart; nothing is told by colour alone.
*/
#include "foresee/picture.h"
#include <math.h>
#include <string.h>

static const char *const colours[8] = {"#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#000000", "#8A8A00"};
static const char *colour_of(int32_t i) { return colours[i % 8]; }

static void put_text(Buf *out, Str s)
{
    for (ptrdiff_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (c == '<') buf_add(out, S("&lt;"));
        else if (c == '>') buf_add(out, S("&gt;"));
        else if (c == '&') buf_add(out, S("&amp;"));
        else if (c == '"') buf_add(out, S("&quot;"));
        else if ((unsigned char)c < 0x20) buf_char(out, ' ');
        else buf_char(out, c);
    }
}

static void svg_begin(Buf *out, double width, double height, Str title)
{
    buf_printf(out, "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%.0f\" height=\"%.0f\" viewBox=\"0 0 %.0f %.0f\" role=\"img\" font-family=\"sans-serif\" font-size=\"12\">\n<title>",
               width, height, width, height);
    put_text(out, title);
    buf_printf(out, "</title>\n<rect width=\"%.0f\" height=\"%.0f\" fill=\"white\"/>\n", width, height);
}

static void svg_text(Buf *out, double x, double y, const char *anchor, const char *fill, Str s)
{
    buf_printf(out, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" fill=\"%s\">", x, y, anchor, fill);
    put_text(out, s);
    buf_add(out, S("</text>\n"));
}

static void svg_line(Buf *out, double x, double y, double to_x, double to_y, const char *colour, double width, const char *more)
{
    buf_printf(out, "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\" stroke-width=\"%.1f\"%s/>\n", x, y, to_x, to_y, colour, width, more);
}

/* ---- bargain ------------------------------------------------------------------------------------------------------------ */
enum { PANEL_WIDTH = 640, PANEL_HEIGHT = 300, MARGIN = 48 };

static double height_of(const Bargain *b, int32_t d, double top, double x)
{
    return top + PANEL_HEIGHT - MARGIN - (x - b->low[d]) / (b->high[d] - b->low[d]) * (PANEL_HEIGHT - 2 * MARGIN);
}

static void panel(Arena *a, const Bargain *b, int32_t d, int turns, const double *history, double top, Buf *out)
{
    ptrdiff_t size = (ptrdiff_t)b->n * b->dims;
    double step = (PANEL_WIDTH - 3.0 * MARGIN) / (turns ? turns : 1), *labels = arena_new(a, double, b->n + 1);
    svg_text(out, MARGIN, top + 24, "start", "black", b->issue[d]);
    for (int k = 0; k <= 4; k++) {
        double x = b->low[d] + (b->high[d] - b->low[d]) * k / 4, y = height_of(b, d, top, x);
        svg_line(out, MARGIN, y, PANEL_WIDTH - 2 * MARGIN, y, "#dddddd", 1, "");
        svg_text(out, MARGIN - 6, y + 4, "end", "#555555", arena_printf(a, "%g", x));
    }
    for (int32_t i = 0; i <= b->n; i++) {                /* the last one is the weighted mean */
        buf_printf(out, "<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"%s\"%s points=\"", i < b->n ? colour_of(i) : "#555555", i < b->n ? "2" : "1.5",
                   i < b->n ? "" : " stroke-dasharray=\"5 4\"");
        double y = 0;
        for (int t = 0; t <= turns; t++) {
            Bargain at = *b;
            at.position = (double *)(uintptr_t)(history + t * size);
            double x = i < b->n ? history[t * size + i * b->dims + d] : bargain_mean(&at, d);
            y = height_of(b, d, top, x);
            buf_printf(out, "%s%.1f,%.1f", t ? " " : "", MARGIN + t * step, y);
        }
        buf_add(out, S("\"/>\n"));
        for (int32_t k = 0; k < i; k++)                  /* labels step aside for those above them */
            if (fabs(labels[k] - y) < 11.9) { y = labels[k] + 12; k = -1; }
        labels[i < b->n ? i : b->n] = y;
        svg_text(out, PANEL_WIDTH - 2 * MARGIN + 6, y + 4, "start", i < b->n ? colour_of(i) : "#555555", i < b->n ? b->actor[i] : S("mean"));
    }
}

void picture_bargain(Arena *a, const Bargain *b, int turns, const double *history, Buf *out)
{
    svg_begin(out, PANEL_WIDTH + MARGIN, (double)PANEL_HEIGHT * b->dims, S("Positions over the turns of the spatial model"));
    for (int32_t d = 0; d < b->dims; d++) panel(a, b, d, turns, history, (double)PANEL_HEIGHT * d, out);
    buf_add(out, S("</svg>\n"));
}

void picture_scale(Arena *a, const Bargain *b, const double *positions, int32_t issue, int width, Buf *out)
{
    Strs rows = {0};
    int span = width - 8 > 20 ? width - 8 : 20;
    double scale = (b->high[issue] - b->low[issue]);
    for (int32_t i = 0; i < b->n; i++) {                 /* each actor on the first row that has room for it */
        int at = (int)((positions[i * b->dims + issue] - b->low[issue]) / scale * (span - 1) + 0.5);
        Str name = str_sub(b->actor[i], 0, 12);
        while (name.n && utf8_bad(name) >= 0) name.n--;
        int wide = utf8_width(name) + 2;
        if (at + wide > span + 8) at = span + 8 - wide;
        int32_t row = 0;
        for (; row < rows.n; row++) {
            bool is_free = true;
            for (int k = at; k < at + wide && is_free; k++) is_free = rows.v[row].p[k] == ' ';
            if (is_free) break;
        }
        if (row == rows.n) {
            char *line = arena_new(a, char, span + 24);
            memset(line, ' ', (size_t)span + 16);
            *push(a, &rows) = (Str){line, span + 16};
        }
        char *line = (char *)(uintptr_t)rows.v[row].p;
        line[at] = '|';
        for (ptrdiff_t k = 0; k < name.n; k++) line[at + 1 + k] = (unsigned char)name.p[k] < 0x80 ? name.p[k] : '?';
    }
    for (int32_t row = rows.n - 1; row >= 0; row--) {
        ptrdiff_t n = rows.v[row].n;
        while (n && rows.v[row].p[n - 1] == ' ') n--;
        buf_printf(out, "  %.*s\n", (int)n, rows.v[row].p);
    }
    Bargain now = *b;
    now.position = (double *)(uintptr_t)positions;
    int mean = (int)((bargain_mean(&now, issue) - b->low[issue]) / scale * (span - 1) + 0.5);
    buf_add(out, S("  "));
    for (int k = 0; k < span; k++) buf_add(out, k == mean ? S("▲") : k % (span / 4) == 0 ? S("┬") : S("─"));
    buf_printf(out, "\n  %-*g%g   ▲ weighted mean\n", span - 4, b->low[issue], b->high[issue]);
}

/* ---- conflict ------------------------------------------------------------------------------------------------------------- */
static void arrow(Buf *out, double x, double y, double to_x, double to_y, const char *colour, int32_t player)
{
    double length = hypot(to_x - x, to_y - y), ux = (to_x - x) / length, uy = (to_y - y) / length;
    double from_x = x + 14 * ux, from_y = y + 14 * uy, end_x = to_x - 16 * ux, end_y = to_y - 16 * uy;
    buf_printf(out, "<path d=\"M%.1f,%.1f L%.1f,%.1f M%.1f,%.1f L%.1f,%.1f L%.1f,%.1f\" fill=\"none\" stroke=\"%s\" stroke-width=\"1.3\"%s/>\n", from_x, from_y, end_x, end_y,
               end_x - 6 * ux + 3 * uy, end_y - 6 * uy - 3 * ux, end_x, end_y, end_x - 6 * ux - 3 * uy, end_y - 6 * uy + 3 * ux, colour,
               player % 3 == 1 ? " stroke-dasharray=\"6 3\"" : player % 3 == 2 ? " stroke-dasharray=\"2 3\"" : "");
}

bool picture_conflict(Arena *a, const Conflict *c, const Moves *m, const Stability *s, Buf *out, Err *e)
{
    if (c->n > PICTURE_STATES_MAX) return fail(e, ERR_LIMIT, "%d states are too many for a picture; at most %d", c->n, PICTURE_STATES_MAX);
    double radius = 60 + 11.0 * c->n, middle = radius + 40, *x = arena_new(a, double, c->n), *y = arena_new(a, double, c->n);
    svg_begin(out, 2 * middle + 260, 2 * middle, S("States of the conflict, and the moves that are better for their mover"));
    for (int32_t k = 0; k < c->n; k++) {
        x[k] = middle + radius * sin(2 * 3.14159265358979 * k / c->n);
        y[k] = middle - radius * cos(2 * 3.14159265358979 * k / c->n);
    }
    for (int32_t p = 0; p < c->n_players; p++)
        for (int32_t k = 0; k < c->n; k++)
            for (int32_t i = m->from[p][k]; i < m->from[p][k + 1]; i++) {
                int32_t to = m->to[p][i];
                uint32_t here = c->key[p][c->options ? c->options[k] : (uint32_t)k], there = c->key[p][c->options ? c->options[to] : (uint32_t)to];
                if (there > here) arrow(out, x[k], y[k], x[to], y[to], colour_of(p), p);
            }
    for (int32_t k = 0; k < c->n; k++) {
        bool is_r = bit_at(s->equilibrium[STABLE_R], k), is_seq = bit_at(s->equilibrium[STABLE_SEQ], k);
        buf_printf(out, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"12\" fill=\"%s\" stroke=\"black\" stroke-width=\"%s\"/>\n", x[k], y[k], k == c->now ? "#F0E442" : "white", is_r || is_seq ? "3" : "1");
        if (is_r) buf_printf(out, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"16\" fill=\"none\" stroke=\"black\"/>\n", x[k], y[k]);
        svg_text(out, x[k], y[k] + 4, "middle", "black", arena_printf(a, "%d", k + 1));
    }
    double line = 24;
    for (int32_t p = 0; p < c->n_players; p++, line += 18) svg_text(out, 2 * middle, line, "start", colour_of(p), arena_printf(a, "→ better for %.*s", STR(c->sc->actors.v[c->actor[p]].name)));
    static const char *const legend[] = {"thick: SEQ, nobody would leave", "two rings: R, nobody could better itself", "yellow: what stands now"};
    for (int k = 0; k < 3; k++, line += 18) svg_text(out, 2 * middle, line, "start", "black", str_of(legend[k]));
    for (int32_t k = 0; k < c->n; k++) {
        if (!bit_at(s->equilibrium[STABLE_SEQ], k)) continue;
        Buf words = {.to = a};
        buf_printf(&words, "%d: ", k + 1);
        state_words(c, k, &words);
        svg_text(out, 2 * middle, line, "start", "black", buf_str(&words));
        line += 18;
    }
    buf_add(out, S("</svg>\n"));
    return true;
}

/* ---- trees: leaves get a row each, a parent stands in the middle of its children --------------------------------------------- */
static double *rows_of(Arena *a, int32_t n, const int32_t *parent, const bool *is_leaf, int32_t *n_rows)
{
    double *row = arena_new(a, double, n + 1);
    int32_t *count = arena_new(a, int32_t, n + 1);
    *n_rows = 0;
    for (int32_t i = 0; i < n; i++) if (is_leaf[i]) row[i] = (*n_rows)++;
    for (int32_t i = n - 1; i > 0; i--) {                /* children stand behind their parents */
        if (!is_leaf[i] && count[i]) row[i] /= count[i];
        row[parent[i]] += row[i];
        count[parent[i]]++;
    }
    if (n && !is_leaf[0] && count[0]) row[0] /= count[0];
    return row;
}

void picture_ladder(Arena *a, const Scenario *sc, const Outlook *o, Buf *out)
{
    int32_t n = sc->branches.n, n_rows, depth = 0, *parent = arena_new(a, int32_t, n + 1);
    bool *is_leaf = arena_new(a, bool, n + 1);
    for (int32_t i = 0; i < n; i++) {
        parent[i] = sc->branches.v[i].parent;
        is_leaf[i] = !sc->branches.v[i].children.n;
        if (o->branch[i].depth > depth) depth = o->branch[i].depth;
    }
    double *row = rows_of(a, n, parent, is_leaf, &n_rows);
    svg_begin(out, 240.0 * (depth + 1) + 40, 44.0 * n_rows + 40, sc->branches.v[0].words.n ? sc->branches.v[0].words : S("What may come"));
    for (int32_t i = 0; i < n; i++) {
        const Branch *b = &sc->branches.v[i];
        const BranchChance *x = &o->branch[i];
        double at_x = 20 + 240.0 * x->depth, at_y = 40 + 44 * row[i];
        if (i) svg_line(out, 20 + 240.0 * o->branch[parent[i]].depth + 150, 40 + 44 * row[parent[i]], at_x - 4, at_y, "#0072B2", 1 + 12 * x->whole.mode, " stroke-opacity=\"0.6\"");
        svg_text(out, at_x, at_y - 2, "start", "black", b->name);
        svg_text(out, at_x, at_y + 13, "start", "#555555", i ? arena_printf(a, "%.0f to %.0f per cent", x->whole.low * 100, x->whole.high * 100) : S(""));
    }
    buf_add(out, S("</svg>\n"));
}

bool picture_game(Arena *a, const Game *g, const Induction *best, Buf *out, Err *e)
{
    int32_t n = g->nodes.n, n_rows, *parent = arena_new(a, int32_t, n + 1), *depth = arena_new(a, int32_t, n + 1), most = 0;
    bool *is_leaf = arena_new(a, bool, n + 1);
    if (!g->is_tree || n > 400) return fail(e, ERR_LIMIT, "only trees of at most 400 nodes are drawn");
    for (int32_t i = 0; i < n; i++) {
        parent[i] = g->nodes.v[i].parent;
        is_leaf[i] = !g->nodes.v[i].children.n;
        depth[i] = parent[i] < 0 ? 0 : depth[parent[i]] + 1;
        if (depth[i] > most) most = depth[i];
    }
    double *row = rows_of(a, n, parent, is_leaf, &n_rows);
    svg_begin(out, 150.0 * (most + 1) + 120, 40.0 * n_rows + 40, g->title.n ? g->title : S("A game"));
    for (int32_t i = 0; i < n; i++) {
        const GameNode *x = &g->nodes.v[i];
        double at_x = 40 + 150.0 * depth[i], at_y = 30 + 40 * row[i];
        if (parent[i] >= 0) {
            const GameSet *s = &g->sets.v[g->nodes.v[parent[i]].set];
            int32_t k = s->first + x->action;
            bool is_best = best && s->player >= 0 && (best->possible[k >> 6] >> (k & 63) & 1);
            double from_x = 40 + 150.0 * depth[parent[i]], from_y = 30 + 40 * row[parent[i]];
            svg_line(out, from_x, from_y, at_x, at_y, s->player < 0 ? "#555555" : colour_of(s->player), is_best ? 4 : 1, s->player < 0 ? " stroke-dasharray=\"4 3\"" : "");
            svg_text(out, from_x + 0.55 * (at_x - from_x), from_y + 0.55 * (at_y - from_y) - 4, "middle", "black", s->actions.v[x->action]);
        }
        if (!is_leaf[i]) {
            int32_t player = g->sets.v[x->set].player;
            buf_printf(out, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"5\" fill=\"%s\"/>\n", at_x, at_y, player < 0 ? "#555555" : colour_of(player));
            svg_text(out, at_x, at_y + 18, "middle", "#333333", player < 0 ? S("chance") : g->players.v[player]);
            continue;
        }
        Buf pays = {.to = a};
        for (int32_t p = 0; x->pays && p < g->players.n; p++) {
            bool is_wide = x->low && x->low[p] < x->high[p];
            if (is_wide) buf_printf(&pays, "%s%g to %g", p ? ", " : "", x->low[p], x->high[p]);
            else buf_printf(&pays, "%s%g", p ? ", " : "", ratio_double(x->pays[p]));
        }
        svg_text(out, at_x + 6, at_y + 4, "start", "black", buf_str(&pays));
    }
    buf_add(out, S("</svg>\n"));
    return true;
}
