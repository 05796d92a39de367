/* Out: an entry as the lines it could be read from again, and as a dictionary of the CAMEO world has it.
**
** What is printed reads back as the same entry (a test says so): marks behind their forms, terms as they were written.
*/
#include "reading/actor_inside.h"

static const char *const kind_names[] = {
#define KIND_NAME(s, n) n,
    ACTOR_KINDS(KIND_NAME)
#undef KIND_NAME
};

Str actors_kind_name(ActorKind kind)
{
    return kind >= 0 && kind < ACTOR_KIND_COUNT ? str_of(kind_names[kind]) : (Str){"", 0};
}

static void put_aliases(Buf *b, const Actors *t, const ImgActor *x)
{
    for (int32_t k = 0; k < x->aliases.n; k++) {
        const ImgAlias *a = &t->aliases[x->aliases.first + k];
        buf_printf(b, "alias  %.*s", STR(img_str(t, a->form)));
        if (a->lang.n) buf_printf(b, " @%.*s", STR(img_str(t, a->lang)));
        if (a->is & FORM_ADJ) buf_add(b, S(" @adj"));
        if (a->is & FORM_PEOPLE) buf_add(b, S(" @people"));
        if (a->is & FORM_WEAK) buf_add(b, S(" ~weak"));
        buf_char(b, '\n');
    }
}

static void put_roles(Buf *b, const Actors *t, const ImgActor *x)
{
    for (int32_t k = 0; k < x->roles.n; k++) {
        const ImgRole *r = &t->roles[x->roles.first + k];
        Str when = img_str(t, r->when), title = img_str(t, r->title), post = r->post >= 0 ? img_str(t, t->actors[r->post].key) : (Str){0};
        if (x->kind == ACTOR_DAY) {
            buf_printf(b, "on     %.*s\n", STR(when));
            continue;
        }
        bool is_role = title.n || post.n;
        buf_printf(b, "%s%.*s%s%.*s", is_role ? "role   " : "code   ", STR(when), when.n ? " " : "", STR(img_str(t, r->code)));
        if (title.n) buf_printf(b, " %.*s", STR(title));
        if (post.n) buf_printf(b, " @%.*s", STR(post));
        buf_char(b, '\n');
    }
}

static void put_links(Buf *b, const Actors *t, const ImgActor *x)
{
    for (int32_t k = 0; k < x->stands.n; k++) {
        const ImgStands *s = &t->stands[x->stands.first + k];
        buf_printf(b, "stands %.*s %.*s%s\n", STR(img_str(t, s->when)), STR(img_str(t, t->actors[s->actor].key)),
                   s->when_actor ? " when actor" : "");
    }
    for (int32_t k = 0; k < x->in.n; k++) {
        const ImgLink *l = &t->in[x->in.first + k];
        Str how = img_str(t, l->how);
        buf_printf(b, "in     %.*s%s%.*s\n", STR(how), how.n ? " " : "", STR(img_str(t, t->actors[l->actor].key)));
    }
    for (int32_t k = 0; k < x->kin.n; k++) {
        const ImgLink *l = &t->kin[x->kin.first + k];
        buf_printf(b, "kin    %.*s %.*s\n", STR(img_str(t, t->actors[l->actor].key)), STR(img_str(t, l->how)));
    }
}

Str actors_text(Arena *to, const Actors *t, int32_t i)
{
    static const char *const called[] = {"", "he", "she", "they"};
    const ImgActor *x = &t->actors[i];
    Buf b = {.to = to};
    buf_printf(&b, "%s %.*s = %.*s\n", kind_names[x->kind], STR(img_str(t, x->key)), STR(img_str(t, x->name)));
    put_aliases(&b, t, x);
    if (x->called) buf_printf(&b, "called %s\n", called[x->called]);
    put_roles(&b, t, x);
    put_links(&b, t, x);
    if (x->led.n) buf_printf(&b, "led    %.*s\n", STR(img_str(t, x->led)));
    if (x->source.n) buf_printf(&b, "x      %.*s\n", STR(img_str(t, x->source)));
    return buf_str(&b);
}

/* ---- Phoenix ----------------------------------------------------------------------------------------------------- */

/* "Kaede B. Ito" → KAEDE_B._ITO_; empty where it is not plain ASCII, which those programs cannot read. */
static void put_phoenix_name(Buf *b, Str name, const char *head)
{
    buf_add(b, str_of(head));
    for (ptrdiff_t i = 0; i < name.n; i++) {
        char c = name.p[i];
        buf_char(b, c == ' ' ? '_' : c >= 'a' && c <= 'z' ? (char)(c - 32) : c);
    }
    buf_add(b, S("_\n"));
}

static bool is_ascii(Str s)
{
    for (ptrdiff_t i = 0; i < s.n; i++)
        if (s.p[i] & 0x80) return false;
    return true;
}

static Str phoenix_day(Arena *a, int32_t day)
{
    Date d = date_civil(day);
    return arena_printf(a, "%02d%02d%02d", d.year % 100, d.month, d.day);
}

static void put_phoenix_role(Buf *b, const ImgRole *r, Str code)
{
    Str rest = code, word;
    buf_add(b, S("\t["));
    while (str_split(&rest, ' ', &word)) buf_add(b, word);
    bool from = r->from != DAY_OPEN_FROM, to = r->to != DAY_OPEN_TO;
    if (from && to) buf_printf(b, " %.*s-%.*s", STR(phoenix_day(b->to, r->from)), STR(phoenix_day(b->to, r->to - 1)));
    else if (from) buf_printf(b, " >%.*s", STR(phoenix_day(b->to, r->from - 1)));
    else if (to) buf_printf(b, " <%.*s", STR(phoenix_day(b->to, r->to)));
    buf_add(b, S("]\n"));
}

Str actors_phoenix(Arena *to, const Actors *t, int32_t i)
{
    const ImgActor *x = &t->actors[i];
    Buf b = {.to = to};
    if (x->kind == ACTOR_DAY || x->kind == ACTOR_POST || x->kind == ACTOR_AGENT || !x->roles.n) return (Str){0};
    Str name = img_str(t, x->name);
    if (!is_ascii(name)) name = utf8_fold(to, name);
    if (!is_ascii(name)) return (Str){0};
    put_phoenix_name(&b, name, "");
    for (int32_t k = 0; k < x->aliases.n; k++) {
        const ImgAlias *a = &t->aliases[x->aliases.first + k];
        if (is_ascii(img_str(t, a->form)) && !(a->is & FORM_WEAK)) put_phoenix_name(&b, img_str(t, a->form), "+");
    }
    for (int32_t k = 0; k < x->roles.n; k++)
        put_phoenix_role(&b, &t->roles[x->roles.first + k], img_str(t, t->roles[x->roles.first + k].code));
    return buf_str(&b);
}
