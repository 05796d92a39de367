/* Scenarios of the KAPSARC Toolkit in XML: settings, dimensions, actors, and how ideal points follow positions.
**
**   <Scenario><name>…</name><ModelParameters><VotingRule>Prop</VotingRule>…</ModelParameters>
**     <Dimensions><dName>toll</dName></Dimensions>
**     <Actors><Actor><name>Harbour</name><capability>60</capability>
**       <Position><dCoord>40</dCoord></Position><Salience><dSal>90</dSal></Salience></Actor>…</Actors>
**     <IdealAdjustment><iaPair>…</iaPair></IdealAdjustment></Scenario>
**
** An actor without a pair of its own under IdealAdjustment has an ideal point that follows its position. Entities are
** not put in, nothing is fetched. Every mistake names its line.
*/
#include "foresee/bargain.h"
#include "foresee/lines.h"
#include <libxml/parser.h>
#include <libxml/tree.h>

typedef struct { Arena *a; Lines in; Err *e; BargainFile *to; } Xml;

static bool is_named(const xmlNode *x, const char *name) { return x->type == XML_ELEMENT_NODE && xmlStrEqual(x->name, (const xmlChar *)name); }

static const xmlNode *child(const xmlNode *of, const char *name)
{
    for (const xmlNode *x = of->children; x; x = x->next)
        if (is_named(x, name)) return x;
    return NULL;
}

static const xmlNode *next_named(const xmlNode *x, const char *name)
{
    for (; x; x = x->next)
        if (is_named(x, name)) return x;
    return NULL;
}

static int32_t line_of(const xmlNode *x) { return (int32_t)xmlGetLineNo(x); }

static Str text_of(Xml *x, const xmlNode *of)
{
    Buf b = {.to = x->a};
    for (const xmlNode *t = of ? of->children : NULL; t; t = t->next)
        if (t->type == XML_TEXT_NODE || t->type == XML_CDATA_SECTION_NODE) buf_add(&b, str_of((const char *)t->content));
    return str_trim(buf_str(&b));
}

static bool number_of(Xml *x, const xmlNode *of, double low, double high, double *to)
{
    Str word = text_of(x, of);
    if (!word.n) return lines_fail(&x->in, line_of(of), x->e, "<%s> is empty; put a number into it", (const char *)of->name);
    if (!number_read(word, to)) return lines_fail(&x->in, line_of(of), x->e, "'%.*s' in <%s> is no number", STR(word), (const char *)of->name);
    if (*to >= low && *to <= high) return true;
    return lines_fail(&x->in, line_of(of), x->e, "<%s> is %g; it must lie between %g and %g", (const char *)of->name, *to, low, high);
}

/* ---- settings ------------------------------------------------------------------------------------------------- */
static const struct { const char *element, *values; } parameters[SPATIAL_SETTINGS] = {
    {"VictoryProbModel", "Linear|Square|Quartic|Octic|Binary"},      /* values in the order of our enums */
    {"PCEModel", "Conditional|MarkovIncentive|MarkovUniform"},
    {"VotingRule", "Prop|Binary|PropBin|PropCbc|Cubic|ASymProsp"},
    {"BigRAdjust", "None|OneThird|Half|TwoThirds|Full"},
    {"BigRRange", "Min|Mid|Max"},
    {"ThirdPartyCommit", "NoCommit|SemiCommit|FullCommit"},
    {"InterVecBrgn", "S1P1|S2P2|S2PMax"},
    {"BargnModel", "InitOnlyInterp|InitRcvrInterp|PWCompInterp"},
    {"StateTransitions", "Deterministic|Stochastic"},
};

static bool setting_read(Xml *x, const xmlNode *of, int which)
{
    Str value = text_of(x, of), rest = str_of(parameters[which].values), one;
    if (str_eq_fold(value, S("Proportional"))) value = S("Prop");
    for (int8_t i = 0; str_split(&rest, '|', &one); i++)
        if (str_eq_fold(one, value)) { *spatial_setting_at(&x->to->settings, which) = i; return true; }
    return lines_fail(&x->in, line_of(of), x->e, "'%.*s' is no %s; it takes %s", STR(value), parameters[which].element, parameters[which].values);
}

static bool settings_read(Xml *x, const xmlNode *root)
{
    const xmlNode *all = child(root, "ModelParameters"), *seed = child(root, "prngSeed");
    for (int k = 0; all && k < SPATIAL_SETTINGS; k++) {
        const xmlNode *one = child(all, parameters[k].element);
        if (one && !setting_read(x, one, k)) return false;
        x->to->has_settings |= one != NULL;
    }
    Str digits = text_of(x, seed);
    for (ptrdiff_t i = 0; i < digits.n && digits.p[i] >= '0' && digits.p[i] <= '9'; i++)
        x->to->settings.seed = x->to->settings.seed * 10 + (uint64_t)(digits.p[i] - '0');
    return true;
}

/* ---- actors ------------------------------------------------------------------------------------------------------ */
static bool numbers_read(Xml *x, const xmlNode *actor, const char *list, const char *item, double by, double *to)
{
    const xmlNode *all = child(actor, list), *one = all ? next_named(all->children, item) : NULL;
    for (int32_t d = 0; d < x->to->b.dims; d++, one = next_named(one->next, item)) {
        if (!one)
            return lines_fail(&x->in, line_of(actor), x->e, "this actor has %d <%s> in <%s>; there are %d dimensions", d, item, list, x->to->b.dims);
        if (!number_of(x, one, 0, 100, &to[d])) return false;
        to[d] /= by;
    }
    if (one) return lines_fail(&x->in, line_of(one), x->e, "one <%s> too many; there are %d dimensions", item, x->to->b.dims);
    return true;
}

static bool actor_read(Xml *x, const xmlNode *actor, int32_t i)
{
    Bargain *b = &x->to->b;
    const xmlNode *capability = child(actor, "capability");
    double sum = 0;
    b->actor[i] = text_of(x, child(actor, "name"));
    if (!b->actor[i].n) return lines_fail(&x->in, line_of(actor), x->e, "this actor has no <name>");
    if (!capability) return lines_fail(&x->in, line_of(actor), x->e, "'%.*s' has no <capability>", STR(b->actor[i]));
    if (!number_of(x, capability, 1e-9, 1e12, &b->capability[i])
        || !numbers_read(x, actor, "Position", "dCoord", 1, b->position + i * b->dims)
        || !numbers_read(x, actor, "Salience", "dSal", 100, b->salience + i * b->dims))
        return false;
    for (int32_t d = 0; d < b->dims; d++) sum += b->salience[i * b->dims + d];
    if (sum <= 1 + 1e-9) return true;
    return lines_fail(&x->in, line_of(actor), x->e, "the saliences of '%.*s' sum to %.4g; they share out 100: lower them", STR(b->actor[i]), sum * 100);
}

static int32_t actor_at(const Bargain *b, Str name)
{
    for (int32_t i = 0; i < b->n; i++)
        if (str_eq(b->actor[i], name)) return i;
    return -1;
}

static bool adjustment_read(Xml *x, const xmlNode *root)
{
    Bargain *b = &x->to->b;
    const xmlNode *all = child(root, "IdealAdjustment"), *pair = all ? next_named(all->children, "iaPair") : NULL;
    if (!pair) return true;
    bool *is_given = arena_new(x->a, bool, b->n + 1);
    b->accommodation = arena_new(x->a, double, (ptrdiff_t)b->n * b->n);
    for (; pair; pair = next_named(pair->next, "iaPair")) {
        Str who = text_of(x, child(pair, "adjustingIdeal")), whom = text_of(x, child(pair, "referencePos"));
        int32_t i = actor_at(b, who), j = actor_at(b, whom);
        const xmlNode *much = child(pair, "adjust");
        if (i < 0 || j < 0)
            return lines_fail(&x->in, line_of(pair), x->e, "no actor is called '%.*s'; mend the name", STR(i < 0 ? who : whom));
        if (!much) return lines_fail(&x->in, line_of(pair), x->e, "this <iaPair> has no <adjust>");
        if (!number_of(x, much, 0, 1, &b->accommodation[i * b->n + j])) return false;
        is_given[i] = true;
    }
    for (int32_t i = 0; i < b->n; i++)
        if (!is_given[i]) b->accommodation[i * b->n + i] = 1;
    return true;
}

static int32_t count_of(const xmlNode *all, const char *name)
{
    int32_t n = 0;
    for (const xmlNode *one = all ? next_named(all->children, name) : NULL; one; one = next_named(one->next, name)) n++;
    return n;
}

static bool scenario_of(Xml *x, const xmlNode *root)
{
    const xmlNode *dims = child(root, "Dimensions"), *actors = child(root, "Actors");
    int32_t n = count_of(actors, "Actor"), d = count_of(dims, "dName"), i = 0;
    if (!is_named(root, "Scenario")) return lines_fail(&x->in, line_of(root), x->e, "the root is <%s>; a scenario's is <Scenario>", (const char *)root->name);
    if (n < 1 || n > ACTORS_MAX) return lines_fail(&x->in, line_of(actors ? actors : root), x->e, "%d <Actor>; there must be 1 to %d", n, ACTORS_MAX);
    if (d < 1 || d > ISSUES_MAX) return lines_fail(&x->in, line_of(dims ? dims : root), x->e, "%d <dName>; there must be 1 to %d", d, ISSUES_MAX);
    bargain_alloc(x->a, &x->to->b, n, d);
    x->to->name = text_of(x, child(root, "name"));
    x->to->description = text_of(x, child(root, "desc"));
    for (const xmlNode *one = next_named(dims->children, "dName"); one; one = next_named(one->next, "dName"))
        x->to->b.issue[i++] = text_of(x, one);
    i = 0;
    for (const xmlNode *one = next_named(actors->children, "Actor"); one; one = next_named(one->next, "Actor"))
        if (!actor_read(x, one, i++)) return false;
    return settings_read(x, root) && adjustment_read(x, root);
}

bool bargain_read_xml(Arena *a, Str file, Str bytes, BargainFile *to, Err *e)
{
    Xml x = {.a = a, .in = {.file = file}, .e = e, .to = to};
    *to = (BargainFile){.settings = spatial_default};
    if (bytes.n > SCENARIO_BYTES_MAX)
        return lines_fail(&x.in, 1, e, "the file is %td bytes, at most %d are read", bytes.n, SCENARIO_BYTES_MAX);
    xmlDoc *doc = xmlReadMemory(bytes.p ? bytes.p : "", (int)bytes.n, NULL, NULL, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_BIG_LINES);
    if (!doc) {
        const xmlError *why = xmlGetLastError();
        Str said = str_trim(str_of(why && why->message ? why->message : "no XML"));
        return lines_fail(&x.in, why && why->line > 0 ? why->line : 1, e, "the file is not well-formed: %.*s", STR(said));
    }
    const xmlNode *root = xmlDocGetRootElement(doc);
    bool ok = root ? scenario_of(&x, root) : lines_fail(&x.in, 1, e, "the file has no element");
    xmlFreeDoc(doc);
    return ok;
}
