/* Actors: whom a name stands for, in which office, at which time.
**
** The table is plain text (data/actors/NAME.actors), compiled into the program; users' own files are read at run time by
** the same parser and win. doc/actors.md explains the files; in short:
**
**     source TEXT                               where the facts of this file are from, unless an `x` line says otherwise
**     KIND KEY = canonical name                 person | org | country | place | post | day | agent (a noun for a role: "diplomat")
**     alias  form [| form …] [@lang] [~weak]    of a country also @adj ("Russian") and @people ("Russians"); marks hold for the
**                                               form before them alone
**     role   FROM..TO CODE… title [@post]       CODE: words of capitals; YYYY[-MM[-DD]], inclusive..exclusive, empty = open
**     code   [FROM..TO] CODE…                   when no office is needed (bodies, countries, agents); a country or body may bring
**                                               a code of three letters of its own
**     stands FROM..TO KEY [when actor]          metonym: it stands for KEY, with `when actor` only where it acts
**     in     [capital|seat] KEY                 part of / seated in; of a country: `in capital KEY` names its capital
**     led    OFFICE                             of a country: whom "the Russian leader" means ("president")
**     kin    KEY relation · called he|she|they · on DATE (of a day) · x where from (not read) · drop FIELD VALUE
**
** A weak form is never enough alone. Order in the files is prominence. Entries are numbered 0 … actors_count-1; NONE (-1) is
** no entry. Days count from 1970-01-01 (date_days). An Actors never changes once it is open: threads share it. All texts
** that come back are views of it.
*/
#ifndef READING_ACTORS_H
#define READING_ACTORS_H
#include "record/record.h"

#define ACTOR_KINDS(X) X(PERSON, "person") X(ORG, "org") X(COUNTRY, "country") X(PLACE, "place") X(POST, "post") \
    X(DAY, "day") X(AGENT, "agent")
#define ACTOR_KIND_VALUE(s, n) ACTOR_##s,
typedef enum { ACTOR_KINDS(ACTOR_KIND_VALUE) ACTOR_KIND_COUNT } ActorKind;
typedef enum { CALLED_UNKNOWN, CALLED_HE, CALLED_SHE, CALLED_THEY } Called;
/* foreign: of another language than English; users: from a user's file; name: (also) a name by itself, no adjective or people. */
enum { FORM_WEAK = 1, FORM_ADJ = 2, FORM_PEOPLE = 4, FORM_FOREIGN = 8, FORM_USERS = 16, FORM_NAME = 32 };
enum { DAY_OPEN_FROM = INT32_MIN, DAY_OPEN_TO = INT32_MAX, DAY_UNKNOWN = INT32_MIN };

typedef struct Actors Actors;
const Actors *actors_shipped(void);                      /* the table within the program; never closed */
/* Each fault of a file: where, what, the remedy. Good entries are used all the same. */
typedef void (*ActorsFault)(void *with, Str file, int32_t line, Str sentence);
/* The shipped table with these files on top. NULL only where a file cannot be read at all. fault may be NULL. */
Actors *actors_open(const char *const *paths, int32_t n, ActorsFault fault, void *with, Err *e);
void actors_close(Actors *t);                            /* fine with NULL; not for the shipped one */

/* ---- an entry --------------------------------------------------------------------------------------------------- */
typedef struct { Str key, name; ActorKind kind; Called called; int32_t n_aliases, n_roles, n_kin; } Actor;
typedef struct { Str form, lang; uint32_t is; } ActorAlias;
typedef struct { int32_t from, to; Str code, title; int32_t post; } ActorRole;   /* days, to exclusive; post: entry or NONE;
                                                            a `code` line is a role without title */
typedef struct { int32_t actor; Str relation; } ActorKin;
int32_t actors_count(const Actors *t);
Actor actors_at(const Actors *t, int32_t i);
ActorAlias actors_alias(const Actors *t, int32_t i, int32_t k);
ActorRole actors_role(const Actors *t, int32_t i, int32_t k);
ActorKin actors_kin(const Actors *t, int32_t i, int32_t k);
int32_t actors_day(Str iso);                             /* "2025", "2025-03", "2025-03-18T09:30": a day; DAY_UNKNOWN */

/* ---- look-ups --------------------------------------------------------------------------------------------------- */
typedef struct { int32_t actor; uint32_t is; } ActorHit; /* is: the marks of the form that was found */
typedef struct { const ActorHit *v; int32_t n; } ActorHits;             /* the most prominent first, each entry once */
int32_t actors_by_key(const Actors *t, Str key);
/* All entries that bear the form: case, accents, stops of initials, hyphens, a leading "the" and a possessive set aside;
** short forms all in capitals ("US", "MAY") stay apart from words ("us", "May"). */
ActorHits actors_find(const Actors *t, Str form);
/* By the transliteration fold ("Lawrow", "Zelenskiy", "Путин"): whoever uses it asks for a second sign (a given name, a title),
** or that the form is the only one. */
ActorHits actors_find_folded(const Actors *t, Str form);

/* The role in force on a day; NONE where there is none. Where several are, the one with an office, later begun first. */
int32_t actors_role_on(const Actors *t, int32_t i, int32_t day);
/* The actor code on a day: of the role in force; "USA ELI" where one has ended; of `code`. Empty: unknown. An unknown day
** gives the last role that the table knows. */
Str actors_code_on(const Actors *t, int32_t i, int32_t day);
/* Who held an office. country: an entry (country, org or place). office: "president", "foreign minister", "leader", "top
** diplomat", "spokesman", "secretary-general" … NONE where nobody is known, or more than one may be meant. */
int32_t actors_holder(const Actors *t, int32_t country, Str office, int32_t day);
bool actors_held(const Actors *t, int32_t i, Str office, int32_t day);   /* did i hold such an office then? DAY_UNKNOWN: ever */
int32_t actors_country(const Actors *t, Str word);       /* "Russian", "Russians", "Russia" → the country's entry, or NONE */
int32_t actors_land(const Actors *t, int32_t i, int32_t day);    /* the country that an entry belongs to: capital, seat, ministry, person */
int32_t actors_stands(const Actors *t, int32_t i, int32_t day);  /* for whom it stands where it acts; NONE */
Str actors_agent(const Actors *t, Str noun);             /* "diplomats" → "GOV", "soldier" → "MIL"; empty */

/* What somebody types to ask for an actor, a key, name or other form, as the canonical names it may mean, what it stands for too;
** empty where the table knows it not. */
Strs actors_names(Arena *a, const Actors *t, Str typed);

/* ---- phrases ---------------------------------------------------------------------------------------------------- */
/* "a senior Russian diplomat" → code "RUS GOV", key empty; "President Ito of Ruritania" → by its title. country and role are the
** code's two halves (of a body between states its family: IGO, UNO); empty: unknown. context: words around it, for what the phrase leaves out ("the National Guard" of whom). */
typedef struct { Str country, role, code; int32_t actor; } ActorPhrase;
ActorPhrase actors_phrase(Arena *a, const Actors *t, Str phrase, Str context, int32_t day);
/* "Russian and Belarusian soldiers" → "Russian soldiers", "Belarusian soldiers"; "US-Ukraine" → both; one member: itself. */
Strs actors_members(Arena *a, const Actors *t, Str phrase);

/* ---- in and out ------------------------------------------------------------------------------------------------- */
Str actors_kind_name(ActorKind kind);                    /* "person" */
Str actors_text(Arena *to, const Actors *t, int32_t i);  /* the entry as lines of a file */
Str actors_phoenix(Arena *to, const Actors *t, int32_t i);     /* as a dictionary of CAMEO's world has it; empty: no place there */
/* A dictionary of actors or agents (Phoenix, PETRARCH), a country's file of the Factbook as JSON: as text of ours. Each fault is
** a line that is left out; for JSON the whole file (false). */
void actors_of_phoenix(Arena *a, Str file, Str bytes, Buf *out, ActorsFault fault, void *with);
bool actors_of_factbook(Arena *a, Str file, Str bytes, Buf *out, ActorsFault fault, void *with);

/* ---- the stage -------------------------------------------------------------------------------------------------- */
/* Gives each entity its key and actor code and makes one of those of one key; a name that stands for a government where it
** acts and for a place elsewhere becomes two. What is not plain stays without a key. */
void reading_link(Arena *a, const Actors *t, Record *r);
/* After the statements: "a senior Ruritanian diplomat said": whose the unnamed sources are. */
void reading_affiliations(Arena *a, const Actors *t, Record *r);
#endif
