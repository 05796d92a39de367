/* Trees: which word each word hangs from, and by what relation.
**
** "The port will reopen, the minister said."
**  in:  the words, with tags and clusters
**  out: reopen hangs from said as ccomp, minister as nsubj, said from the root
**
** A linear model reads the sentence twice, by moves (parse.h): first from its end to its beginning, then from its beginning
** to its end, knowing what the first reading guessed. Each reading errs most where its arcs are long and the better
** part of the evidence lies ahead; the other has seen it by then (Attardi and Dell'Orletta 2009, "Reverse revision and
** linear tree combination"; Nivre and McDonald 2008). A word with both readings costs some four hundred small rows.
** What to do next is one question with three answers, asked twice a word, in a table of one cache line a feature; the
** relation of an arc is another, asked once, when the arc is made and the dependent is complete.
**
** Words whose head lies across another arc ("a hearing is scheduled on the issue") are found at a word above, with a
** relation that says so, and are lowered at the end.
**
** Always: a tree with one root, and only the root's word has the relation "root", whatever the weights are. Cost: linear,
** but for lowering, which looks through the sentence for each such word. The same bytes on every machine: sums of integers.
*/
#include "language/parse.h"

struct Parser {
    RelationTable relations;
    Reading backward, forward;
    bool is_twice;
};

/* ---- moves -------------------------------------------------------------------------------------------------------- */
State parse_begin(Arena *scratch, const Atoms *atoms, int32_t n, const Guess *guess)
{
    State t = {.atoms = atoms, .guess = guess, .n = n, .next = 1};
    int32_t none = n + 2;
    t.node = arena_new(scratch, Node, n + 3);
    t.stack = arena_new(scratch, int32_t, n + 2);
    for (int32_t i = 0; i <= none; i++) t.node[i] = (Node){.head = -1, .left = {none, none}, .right = {none, none}};
    return t;
}

void parse_move(State *t, Move m, int32_t label)
{
    if (m == MOVE_SHIFT) {
        t->stack[++t->top] = t->next++;
        return;
    }
    int32_t dependent = parse_dependent(t), head = parse_head(t, m);
    Node *n = &t->node[head];
    uint64_t bit = (uint64_t)1 << (label & 63);
    t->top--;
    t->node[dependent].head = head;
    t->node[dependent].label = label;
    if (m == MOVE_LEFT) {
        n->left[1] = n->left[0];
        n->left[0] = dependent;
        n->n_left++;
        n->left_labels |= bit;
    } else {
        n->right[1] = n->right[0];
        n->right[0] = dependent;
        n->n_right++;
        n->right_labels |= bit;
    }
}

static Move best_move(const Reading *r, const State *t)
{
    Move forced = parse_forced(t), best = MOVES;
    if (forced != MOVES) return forced;
    uint64_t f[MOVE_FEATURES];
    int32_t score[MOVES] = {0};
    linear_add(&r->move, f, parse_move_features(t, f), score);
    for (int m = 0; m < MOVES; m++)
        if (parse_is_legal(t, (Move)m) && (best == MOVES || score[m] > score[best])) best = (Move)m;
    return best;
}

static int32_t best_relation(const Reading *r, const RelationTable *relations, const State *t, int32_t head, int32_t dependent)
{
    if (head == 0) return relations->root;
    uint64_t f[RELATION_FEATURES];
    int32_t score[LINEAR_CLASSES] = {0}, best = 0;
    linear_add(&r->relation, f, parse_relation_features(t, head, dependent, f), score);
    for (int32_t l = 1; l < relations->names.n; l++)
        if (l != relations->root && (!best || score[l] > score[best])) best = l;
    return best;
}

void parse_read(const Reading *r, const RelationTable *relations, State *t)
{
    while (!parse_is_done(t)) {
        Move m = best_move(r, t);
        int32_t label = m == MOVE_SHIFT ? 0 : best_relation(r, relations, t, parse_head(t, m), parse_dependent(t));
        parse_move(t, m, label);
    }
}

Guess *parse_guess(Arena *scratch, const State *backward)
{
    int32_t n = backward->n;
    Guess *g = arena_new(scratch, Guess, n + 3);
    for (int32_t i = 0; i <= n + 2; i++) g[i].head = -1;
    for (int32_t i = 1; i <= n; i++) {
        const Node *b = &backward->node[n + 1 - i];
        g[i] = (Guess){b->head ? n + 1 - b->head : 0, b->label};
    }
    return g;
}

/* ---- relations ------------------------------------------------------------------------------------------------------ */
static int32_t label_of(const Labels *l, Str name)
{
    for (int32_t i = 1; i < l->n; i++)
        if (str_eq(l->name[i], name)) return i;
    return 0;
}

bool parse_relations(Arena *a, Labels names, RelationTable *r, Err *e)
{
    *r = (RelationTable){.names = names, .shown = arena_new(a, int32_t, names.n), .via = arena_new(a, int32_t, names.n),
                         .root = label_of(&names, S("root"))};
    if (!r->root || names.n < 3)
        return fail(e, ERR_INPUT, "the model's relations are damaged: there are %d, and 'root' is %s", names.n - 1,
                    r->root ? "the only one" : "none of them");
    for (int32_t i = 1; i < names.n; i++) {
        Str shown, via = names.name[i];
        str_split(&via, '|', &shown);
        r->shown[i] = label_of(&names, shown);
        r->via[i] = via.n ? label_of(&names, via) : 0;
        if (!r->shown[i] || r->shown[i] > i || (via.n && (!r->via[i] || r->shown[i] == r->root)))
            return fail(e, ERR_INPUT, "the model's relation '%.*s' is made of parts that it does not list", STR(names.name[i]));
    }
    return true;
}

/* The nearest word below `from` with the relation `via`, first by depth, then by place; not below `but`. */
static int32_t find_below(const RelationTable *r, const Node *node, int32_t n, int32_t from, int32_t but, int32_t via,
                          int32_t *level)
{
    int32_t best = 0;
    for (int32_t i = 0; i <= n; i++) level[i] = i == from;               /* 0: not yet known; 1: `from`; -1: not below it */
    for (int32_t i = 1; i <= n; i++) {
        int32_t steps = 0, at = i;
        while (at != but && at && !level[at]) at = node[at].head, steps++;
        int32_t depth = at != but && level[at] > 0 ? level[at] + steps : -1;
        for (int32_t k = i; k && k != but && !level[k]; k = node[k].head, depth -= depth > 0) level[k] = depth;
        if (i != from && level[i] > 0 && r->shown[node[i].label] == via && (!best || level[i] < level[best])) best = i;
    }
    return best;
}

void parse_lower(Arena *scratch, const RelationTable *r, Node *node, int32_t n)
{
    int32_t *level = arena_new(scratch, int32_t, n + 1);
    for (int32_t i = 1; i <= n; i++) {
        int32_t via = r->via[node[i].label];
        if (!via) continue;
        int32_t head = find_below(r, node, n, node[i].head, i, via, level);
        if (head) node[i].head = head;
    }
    for (int32_t i = 1; i <= n; i++) node[i].label = r->shown[node[i].label];
}

/* ---- the model's side ------------------------------------------------------------------------------------------------ */
static bool reading_of(const Model *m, const char *move, const char *relation, int32_t n_relations, Reading *r, Err *e)
{
    const struct { const char *name; Linear *to; int32_t n; } part[] = {{move, &r->move, MOVES},
                                                                        {relation, &r->relation, n_relations}};
    for (int i = 0; i < 2; i++) {
        if (!linear_of(model_section(m, str_of(part[i].name)), part[i].to, e))
            return err_while(e, "taking the section '%s' into use", part[i].name);
        if (part[i].to->n_classes != part[i].n)
            return fail(e, ERR_INPUT, "the section '%s' weighs %d answers, but there are %d", part[i].name,
                        part[i].to->n_classes, part[i].n);
    }
    return true;
}

static bool fits(Arena *a, const Model *m, Err *e)
{
    Str own = model_section(m, S("parse.features"));
    uint64_t print = parse_print(a), theirs = own.n == 8 ? le_number(own.p, 8) : 0;
    return theirs == print ||
           fail(e, ERR_INPUT, "the model's trees were learnt from other features than this program's (%016lx, here "
                "%016lx); take the model that came with the program", (unsigned long)theirs, (unsigned long)print);
}

Parser *parser_of(Arena *a, const Model *m, Err *e)
{
    Parser *p = arena_new(a, Parser, 1);
    if (!fits(a, m, e)) return NULL;
    ModelReader names = {.section = model_section(m, S("parse.relations"))};
    Labels labels;
    if (!labels_of(a, &names, RELATIONS, &labels, e) || !parse_relations(a, labels, &p->relations, e)) {
        err_while(e, "taking the section 'parse.relations' into use");
        return NULL;
    }
    p->is_twice = model_section(m, S("parse.back.move")).n > 0;
    if (p->is_twice && !reading_of(m, "parse.back.move", "parse.back.relation", labels.n, &p->backward, e)) return NULL;
    return reading_of(m, "parse.move", "parse.relation", labels.n, &p->forward, e) ? p : NULL;
}

void parser_tree(Arena *scratch, const Parser *p, const Sentence *s, int32_t *head, int32_t *label)
{
    const Guess *guess = NULL;
    if (p->is_twice) {
        State t = parse_begin(scratch, parse_atoms(scratch, s, true), s->n, NULL);
        parse_read(&p->backward, &p->relations, &t);
        guess = parse_guess(scratch, &t);
    }
    State t = parse_begin(scratch, parse_atoms(scratch, s, false), s->n, guess);
    parse_read(&p->forward, &p->relations, &t);
    parse_lower(scratch, &p->relations, t.node, s->n);
    for (int32_t i = 0; i < s->n; i++) {
        head[i] = t.node[i + 1].head;
        label[i] = t.node[i + 1].label;
    }
}

Str parser_label(const Parser *p, int32_t label)
{
    return label > 0 && label < p->relations.names.n ? p->relations.names.name[label] : (Str){0};
}
