/* Inside the table of actors: facts as they are read (ActorDraft), and the image that they are packed into.
**
** Files and the shipped image are read into one draft; the draft is checked and packed; what is asked afterwards is the
** image alone. It holds no pointers, only places, so that it can stand in the program's read-only data.
*/
#ifndef ACTOR_INSIDE_H
#define ACTOR_INSIDE_H
#include "reading/actors.h"

/* ---- forms (actor_form.c) ----------------------------------------------------------------------------------- */
enum { FORM_MAX = 160 };                       /* bytes of a folded form; the longest official name of a state has 80 */
typedef struct { char p[FORM_MAX]; int32_t n; } NameKey;    /* n 0: nothing is left, or it is too long */
NameKey form_exact(Str s);                        /* as actors_find says */
NameKey form_lower(Str s);                        /* the same, acronyms in small letters too */
NameKey form_folded(Str s);                       /* as actors_find_folded says */
static inline Str form_str(const NameKey *f) { return (Str){f->p, f->n}; }

/* ---- a draft ------------------------------------------------------------------------------------------------- */
typedef struct { Str file; int32_t line; } At;
typedef struct { Str form, lang; uint32_t is; At at; } DraftAlias;
typedef struct { Str when, code, title, post; int32_t from, to; Str text; At at; } DraftRole;    /* text: the line's rest */
typedef struct { Str when, key; int32_t from, to; bool when_actor; Str text; At at; } DraftStands;
typedef struct { Str how, key; At at; } DraftLink;       /* in: how is "", "capital" or "seat"; kin: the relation */
typedef struct {
    Str key, name, led, source;
    ActorKind kind;
    Called called;
    bool is_users;                             /* a file of the user's opened it */
    SLICE(DraftAlias) aliases;
    SLICE(DraftRole) roles;                    /* code lines too: with an empty title */
    SLICE(DraftStands) stands;
    SLICE(DraftLink) in, kin;
    At at;
} DraftActor;
typedef struct {
    Arena *a;
    SLICE(DraftActor) actors;
    Map by_key, codes;                         /* codes: those that the files themselves give to a land or body */
    ActorsFault fault;                         /* may be NULL */
    void *with;
    int32_t n_faults;
} ActorDraft;

void draft_fault(ActorDraft *d, At at, const char *format, ...) __attribute__((format(printf, 3, 4)));
int32_t draft_find(const ActorDraft *d, Str key);
bool draft_names_itself(const DraftActor *x);    /* an alias line repeats the name, and so says its marks */
void draft_read(ActorDraft *d, Str file, Str bytes, bool is_users);      /* a file (actor_file.c) */
void draft_of(ActorDraft *d, const Actors *t);           /* the entries of an image (actor_pack.c) */
void draft_check(ActorDraft *d);                         /* what only the whole can show (actor_check.c) */
Str draft_pack(Arena *to, const ActorDraft *d);          /* the image */
bool code_is_known(Str code);                  /* a country, a body or a role; data/reading/codes.tab (actor_office.c) */
bool code_is_role(Str code);                             /* GOV, MIL …: no country and no body */
bool when_read(Str s, int32_t *from, int32_t *to);       /* "2004-03-09..2025": days; false where it is none */

/* ---- an image -------------------------------------------------------------------------------------------------- */
typedef struct { uint32_t at, n; } ImgStr;
typedef struct { int32_t first, n; } ImgRun;
typedef struct {
    ImgStr key, name, led, source;
    ImgRun aliases, roles, kin, in, stands;
    uint8_t kind, called, is_users, pad;
} ImgActor;
typedef struct { ImgStr form, lang; uint32_t is; } ImgAlias;
typedef struct { ImgStr when, code, title, after; int32_t from, to, post; } ImgRole;   /* after: the code once it has ended */
typedef struct { ImgStr how; int32_t actor; } ImgLink;   /* in, kin; actor NONE: the key is not in the table */
typedef struct { ImgStr when; int32_t from, to, actor, when_actor; } ImgStands;
typedef struct { uint64_t hash; ImgStr form; ImgRun hits; } ImgForm;
typedef struct { ImgStr country; int32_t office, actor, role; } ImgHolder;      /* by country, office, from */
typedef struct { int32_t actor; } ImgKey;                /* keys: by key; lands: the countries, in order */
#define IMAGE_PARTS(X) X(ImgActor, actors) X(ImgAlias, aliases) X(ImgRole, roles) X(ImgLink, kin) X(ImgLink, in) \
    X(ImgStands, stands) X(ImgForm, forms) X(ImgForm, folded) X(ActorHit, hits) X(ImgHolder, holders) X(ImgKey, keys) X(ImgKey, lands) \
    X(char, text)
#define IMAGE_PART(T, name) uint32_t name##_at, name##_n;
typedef struct { char magic[8]; uint32_t version, bytes; IMAGE_PARTS(IMAGE_PART) } ImgHead;
#define IMAGE_VIEW(T, name) const T *name; int32_t n_##name;
struct Actors { IMAGE_PARTS(IMAGE_VIEW) Arena *own; };   /* own: of actors_open; else NULL */
#define IMAGE_MAGIC "dmActors"
enum { IMAGE_VERSION = 2 };
Str agent_code(const Actors *t, Str noun, uint32_t *is); /* actors_agent, and the marks of its form */
bool image_view(Str image, Actors *t);                   /* false where it is none of ours */
static inline Str img_str(const Actors *t, ImgStr s) { return (Str){t->text + s.at, (ptrdiff_t)s.n}; }
extern const char actors_image[];                        /* made by tools/actorc */
extern const uint32_t actors_image_n;

/* ---- offices (actor_office.c) ------------------------------------------------------------------------------------ */
enum { OFFICES_MAX = 4, OFFICE_NONE = -1 };
/* One an office: its number (the first row of data/reading/offices.tab that gives it), its weight, and what it is of ("of the
** Riigikogu": riigikogu, folded; empty where nothing follows). */
typedef struct { int32_t office, rank; char of[FORM_MAX]; int32_t n_of; } Office;
typedef struct { Office v[OFFICES_MAX]; int32_t n; } Offices;
Offices offices_of(Str title);                 /* "foreign minister and deputy premier" → foreign minister alone */
int32_t office_named(Str office);              /* by its name in the table; OFFICE_NONE */
Str code_country(Str code);                    /* "RUS GOV" → RUS; "GOV" → empty */
Str code_roles(Str code);                      /* "RUS GOV MIL" → GOV MIL */
bool code_has(Str code, const char *role);
#endif
