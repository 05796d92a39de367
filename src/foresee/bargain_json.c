/* Actors from JSON: {"actors": [{"name", "position", "capability", "salience"}]}, one issue.
**
** position may be a number or a list of numbers, one an issue; salience likewise, as a share from 0 to 1. The scale runs
** from the lowest to the highest position, unless "scale": [0, 100] says otherwise.
*/
#include "base/json.h"
#include "foresee/bargain.h"

static bool number_of(const Json *x, int32_t d, double *to)
{
    if (x && x->kind == JSON_ARRAY) {
        x = x->first;
        for (int32_t k = 0; x && k < d; k++) x = x->next;
    } else if (d) return false;
    if (!x || x->kind != JSON_NUMBER) return false;
    *to = x->number;
    return true;
}

static bool actor_of(const Json *x, Str file, Bargain *b, int32_t i, Err *e)
{
    static const char *const member[] = {"position", "salience", "capability"};
    b->actor[i] = json_text(x, S("name"));
    if (!b->actor[i].n) return fail(e, ERR_INPUT, "%.*s: actor %d has no \"name\"; give it one", STR(file), i + 1);
    double *to[] = {b->position, b->salience, b->capability};
    for (int k = 0; k < 3; k++)
        for (int32_t d = 0; d < (k < 2 ? b->dims : 1); d++)
            if (!number_of(json_get(x, str_of(member[k])), d, to[k] + (k < 2 ? i * b->dims + d : i)))
                return fail(e, ERR_INPUT, "%.*s: actor '%.*s' has no number as \"%s\"", STR(file), STR(b->actor[i]), member[k]);
    for (int32_t d = 0; d < b->dims; d++)
        if (!(b->salience[i * b->dims + d] >= 0 && b->salience[i * b->dims + d] <= 1))
            return fail(e, ERR_INPUT, "%.*s: salience of '%.*s' is %g; it is a share, 0 to 1", STR(file), STR(b->actor[i]), b->salience[i * b->dims + d]);
    if (!(b->capability[i] > 0)) return fail(e, ERR_INPUT, "%.*s: capability of '%.*s' must be above 0", STR(file), STR(b->actor[i]));
    return true;
}

static void scale_of(const Json *root, Bargain *b)
{
    const Json *scale = json_get(root, S("scale"));
    for (int32_t d = 0; d < b->dims; d++) {
        double low = b->position[d], high = low;
        for (int32_t i = 0; i < b->n; i++) {
            double x = b->position[i * b->dims + d];
            if (x < low) low = x;
            if (x > high) high = x;
        }
        if (scale && scale->kind == JSON_ARRAY) { number_of(scale, 0, &low); number_of(scale, 1, &high); }
        b->low[d] = low;
        b->high[d] = high > low ? high : low + 1;
    }
}

bool bargain_read_json(Arena *a, Str file, Str bytes, BargainFile *to, Err *e)
{
    Json *root;
    *to = (BargainFile){.settings = spatial_default};
    if (bytes.n > SCENARIO_BYTES_MAX) return fail(e, ERR_LIMIT, "%.*s: the file is too large", STR(file));
    if (!json_read(a, bytes, &root, e)) return err_while(e, "%.*s", STR(file));
    const Json *actors = json_get(root, S("actors"));
    if (!actors || actors->kind != JSON_ARRAY || actors->n < 1)
        return fail(e, ERR_INPUT, "%.*s: no \"actors\"; give a list of {\"name\", \"position\", \"capability\", \"salience\"}", STR(file));
    if (actors->n > ACTORS_MAX) return fail(e, ERR_LIMIT, "%.*s: %d actors, at most %d", STR(file), actors->n, ACTORS_MAX);
    const Json *position = json_get(actors->first, S("position"));
    int32_t dims = position && position->kind == JSON_ARRAY ? position->n : 1;
    if (dims < 1 || dims > ISSUES_MAX) return fail(e, ERR_LIMIT, "%.*s: %d issues, 1 to %d are taken", STR(file), dims, ISSUES_MAX);
    bargain_alloc(a, &to->b, actors->n, dims);
    to->name = json_text(root, S("case"));
    for (int32_t d = 0; d < dims; d++) to->b.issue[d] = dims == 1 ? S("issue") : arena_printf(a, "issue %d", d + 1);
    int32_t i = 0;
    for (const Json *x = actors->first; x; x = x->next)
        if (!actor_of(x, file, &to->b, i++, e)) return false;
    scale_of(root, &to->b);
    return true;
}
