/* The record: one document and everything that was understood of it.
**
** Stages meet here and not in each other. Parts refer to each other by index into the record's own slices, -1 for
** none, so a record can be stored, compared and checked as it stands. Spans are bytes of `text`; json.c and the
** ledger turn them into code points when they leave (place.c), and nobody else does.
**
** FORMAT.md is the published form; the names below are its names. valid.c says what always holds.
*/
#ifndef RECORD_H
#define RECORD_H
#include "base/json.h"

enum { NONE = -1 };
enum { RECORD_TEXT_MAX = 64 << 20 };   /* bytes; spans are 32 bits wide, and a day's reading of one person is 10 MB */

/* Every enumeration is one list: X(symbol, name in FORMAT.md). The first value of each is "unknown" (null). */
#define PUBLISHED_HOWS(X) X(UNKNOWN, "") X(STATED, "stated") X(INFERRED, "inferred") X(RECEIVED, "received")
#define BOILERPLATES(X) X(UNKNOWN, "") X(TITLE, "title") X(BYLINE, "byline") X(DATE, "date") X(CAPTION, "caption") \
    X(TEASER, "teaser") X(APPEAL, "appeal") X(DISCLAIMER, "disclaimer") X(PULL_QUOTE, "pull-quote") \
    X(NAVIGATION, "navigation") X(ORIGIN, "origin") X(ADDRESS, "address") X(LOADING, "loading") X(OTHER, "other") \
    X(RECURRING, "recurring")
#define ORIGINS(X) X(UNKNOWN, "") X(ADAPTED, "adapted-from") X(FIRST, "first-published-by") X(AGENCY, "agency") \
    X(TRANSLATED, "translated-from")
#define ENTITY_TYPES(X) X(UNKNOWN, "") X(PER, "PER") X(ORG, "ORG") X(LOC, "LOC") X(GPE, "GPE") X(MISC, "MISC")
#define MENTION_KINDS(X) X(UNKNOWN, "") X(NAME, "name") X(NOMINAL, "nominal") X(PRONOUN, "pronoun")
#define TIME_TYPES(X) X(UNKNOWN, "") X(DATE, "DATE") X(TIME, "TIME") X(DURATION, "DURATION") X(SET, "SET")
#define FORMS(X) X(UNKNOWN, "") X(DIRECT, "direct") X(INDIRECT, "indirect") X(MIXED, "mixed")
#define STATEMENT_CLASSES(X) X(UNKNOWN, "") X(SPEECH, "speech") X(THOUGHT, "thought") X(INTENTION, "intention") \
    X(FEELING, "feeling") X(PERCEPTION, "perception") X(DOCUMENT, "document")
#define SOURCINGS(X) X(UNKNOWN, "") X(NAMED, "named") X(UNNAMED, "unnamed") X(COLLECTIVE, "collective") X(DOCUMENT, "document")
#define JUDGEMENTS(X) X(UNKNOWN, "") X(FALSE, "false") X(DOUBTFUL, "doubtful") X(TRUE, "true")
#define EVENT_STATUSES(X) X(UNKNOWN, "") X(OCCURRED, "occurred") X(ONGOING, "ongoing") X(PLANNED, "planned") \
    X(POSSIBLE, "possible") X(CONDITIONAL, "conditional") X(DEMANDED, "demanded") X(OFFERED, "offered") X(DENIED, "denied")
#define EXPECTATION_KINDS(X) X(UNKNOWN, "") X(FORECAST, "forecast") X(HOPE, "hope") X(FEAR, "fear") X(DEMAND, "demand") \
    X(OFFER, "offer") X(PROMISE, "promise") X(THREAT, "threat") X(CONCESSION, "concession") X(CONDITION, "condition")
#define RELATION_TYPES(X) X(UNKNOWN, "") X(KIN, "kin") X(TIE, "tie") X(REPRESENTS, "represents") \
    X(INTERMEDIARY, "intermediary") X(ECHOES, "echoes") X(CONTRADICTS, "contradicts") X(OPPOSES, "opposes")

#define RECORD_ENUMS(E) \
    E(PublishedHow, PUBLISHED, PUBLISHED_HOWS, published_how) E(BoilerplateReason, BOILERPLATE, BOILERPLATES, boilerplate) \
    E(OriginHow, ORIGIN, ORIGINS, origin_how) E(EntityType, ENTITY, ENTITY_TYPES, entity_type) \
    E(MentionKind, MENTION, MENTION_KINDS, mention_kind) E(TimeType, TIME, TIME_TYPES, time_type) \
    E(Form, FORM, FORMS, form) E(StatementClass, CLASS, STATEMENT_CLASSES, statement_class) \
    E(Sourcing, SOURCING, SOURCINGS, sourcing) E(Judgement, JUDGED, JUDGEMENTS, judgement) \
    E(EventStatus, STATUS, EVENT_STATUSES, event_status) E(ExpectationKind, EXPECT, EXPECTATION_KINDS, expectation_kind) \
    E(RelationType, RELATION, RELATION_TYPES, relation_type)

/* PUBLISHED_STATED, BOILERPLATE_BYLINE, ENTITY_PER, … ; <lower>_name(v) and <lower>_of(name) in names.c */
#define RECORD_VALUE_PUBLISHED(s, n) PUBLISHED_##s,
#define RECORD_VALUE_BOILERPLATE(s, n) BOILERPLATE_##s,
#define RECORD_VALUE_ORIGIN(s, n) ORIGIN_##s,
#define RECORD_VALUE_ENTITY(s, n) ENTITY_##s,
#define RECORD_VALUE_MENTION(s, n) MENTION_##s,
#define RECORD_VALUE_TIME(s, n) TIME_##s,
#define RECORD_VALUE_FORM(s, n) FORM_##s,
#define RECORD_VALUE_CLASS(s, n) CLASS_##s,
#define RECORD_VALUE_SOURCING(s, n) SOURCING_##s,
#define RECORD_VALUE_JUDGED(s, n) JUDGED_##s,
#define RECORD_VALUE_STATUS(s, n) STATUS_##s,
#define RECORD_VALUE_EXPECT(s, n) EXPECT_##s,
#define RECORD_VALUE_RELATION(s, n) RELATION_##s,
#define RECORD_ENUM(Type, PREFIX, LIST, lower)                                       \
    typedef enum { LIST(RECORD_VALUE_##PREFIX) PREFIX##_COUNT } Type;                \
    Str lower##_name(Type v);                 /* empty for "unknown" */              \
    bool lower##_of(Str name, Type *v);       /* false for a name the list lacks */
RECORD_ENUMS(RECORD_ENUM)

typedef struct { Span span; BoilerplateReason reason; } Boilerplate;
typedef struct { Span span; OriginHow how; Str name, uri; } Origin;
typedef struct {
    Span span, mwt;                            /* mwt: the written token of a contraction; {-1,-1} for none */
    Str form, lemma, upos, xpos, feats, deprel;
    int32_t head, sent;                        /* head: 0 = root, else 1-based in its sentence; -1 not parsed yet */
} Token;
typedef struct { Span span; MentionKind kind; double p; } Mention;  /* p: that span and type are right; NAN unknown */
/* `by` names the rule or model that made a claim ("quotes/1"); FORMAT.md lacks it, we publish it beside the rest. */
typedef struct { Str name; EntityType type; Str key, actor, by; SLICE(Mention) mentions; } Entity;
/* begin, end: between which days a length lies, where it hangs from an event that the text dates (TIMEX3's beginPoint and endPoint). */
typedef struct { Span span; TimeType type; Str value, mod, begin, end, by; bool doubt; } Time;
typedef struct {                               /* sources of an unnamed statement; count {-1,-1} unknown */
    int32_t count[2];
    Str affiliation;
    Spans reason;
    int32_t same_as;                           /* statement, or -1 */
} Sources;
typedef struct {
    Spans source, cue, content;                /* in the order of the text */
    int32_t speaker;                           /* entity, or -1 */
    Form form;
    StatementClass class;
    Sourcing sourcing;
    bool has_sources;
    Sources sources;
    int32_t addressee, medium;                 /* entities, or -1 */
    Judgement judged;                          /* unknown: not judged */
    int32_t judged_by;                         /* statement; -1: the article itself */
    Span judged_span;
    int32_t inside;                            /* statement, or -1 */
    Str time, by;                              /* ISO date, or empty; who claims */
    double p;                                  /* that somebody is said to have said this; NAN unknown */
} Statement;
typedef struct { int32_t entity; Str actor; } Role;          /* entity or -1 */
typedef struct {
    Span span, anchor;
    Str type, mode, cameo;                     /* PLOVER type and mode; CAMEO to four digits */
    Strs contexts;
    SLICE(Role) source, target;
    Str time, time_range[2];
    Ints before, after;                        /* events */
    Span place;                                /* {-1,-1} for none */
    Str place_name;                            /* as FORMAT.md's "place" string; empty for none */
    double goldstein, p;                       /* NAN where unknown */
    EventStatus status;
    int32_t statement;                         /* that carries it; -1: the article asserts it */
    Str by;
} Event;
typedef struct {
    Span span;
    int32_t holder;                            /* entity, or -1 */
    ExpectationKind kind;
    int32_t polarity;                          /* -1, 0, +1 */
    double strength;                           /* NAN where unknown */
    Spans condition;
    Str due;
    int32_t after, statement;                  /* expectation; statement; or -1 */
    Str by;
} Expectation;
typedef struct {
    Span span;
    RelationType type;
    int32_t from, to, via;                     /* entities, or -1 */
    Spans what;
    Str time, by;
    int32_t statement;
} Relation;
typedef struct { Str key, by; Spans spans; int32_t statement; } Topic;
typedef struct { Span span; double value; Str unit; Spans what; Str period, by; int32_t statement; } Figure;

typedef SLICE(Boilerplate) Boilerplates;
typedef SLICE(Origin) Origins;
typedef SLICE(Token) Tokens;
/* A name as a model found it, before names are linked to entities: working notes from `language` to `reading`. */
typedef struct { Span span; EntityType type; double p; } FoundName;
typedef SLICE(FoundName) FoundNames;
typedef SLICE(Entity) Entities;
typedef SLICE(Time) Times;
typedef SLICE(Statement) Statements;
typedef SLICE(Event) Events;
typedef SLICE(Expectation) Expectations;
typedef SLICE(Relation) Relations;
typedef SLICE(Topic) Topics;
typedef SLICE(Figure) Figures;

typedef struct {
    Str id;                                    /* the caller's; else the first 16 digits of sha256 */
    Str uri, publisher, author, title, lang;   /* empty: unknown */
    Str published;                             /* ISO date or date and time; empty: unknown */
    PublishedHow published_how;
    Str published_range[2];                    /* when inferred: earliest and latest; empty: open */
    Str text, sha256;                          /* sha256 (hex): of the bytes that came in */
    Boilerplates boilerplate;                  /* in order, not overlapping */
    Origins origin;
    bool truncated;
    bool text_is_given;                        /* the text must stay exactly as it came (JSON Lines, --as-is) */
    bool is_marked;                            /* boilerplate is complete (a page's elements told it): none is added */
    Str original;                              /* the bytes that came in, where text was made from them by cleaning; else empty */
    Str where;                                 /* "folder/a.txt", "news.jsonl:12": for messages, never published */
    Str note;                                  /* what had to be mended to read it ("not UTF-8, read as windows-1252"), for the user; empty */
    Spans sentences;                           /* of the body; boilerplate has none unless asked for */
    Spans paragraphs;                          /* of the whole text; working notes of `text`, not published */
    Tokens tokens;                             /* working notes; published only with --tokens */
    Ints meant;                                /* working notes of coreference: of each token, the entity of the mention that it heads, or NONE */
    FoundNames names;                           /* working notes of `language`, not published; in order, not overlapping */
    bool has_names;                            /* a model looked for names (none may be there) */
    Entities entities;
    Times times;
    Statements statements;
    Events events;
    Expectations expectations;
    Relations relations;
    Topics topics;
    Figures figures;
} Record;

static const Span SPAN_NONE = {-1, -1};
static inline bool span_is(Span s) { return s.begin >= 0; }

void record_blank(Record *r);                  /* a record of nothing: every index -1, every number unknown */

/* Each puts a new, blank part at the end (indices -1, numbers NAN) and returns it. */
Entity *record_add_entity(Arena *a, Record *r);
Statement *record_add_statement(Arena *a, Record *r);
Event *record_add_event(Arena *a, Record *r);
Expectation *record_add_expectation(Arena *a, Record *r);
Relation *record_add_relation(Arena *a, Record *r);
Figure *record_add_figure(Arena *a, Record *r);
Topic *record_add_topic(Arena *a, Record *r);

/* What always holds. False names the first part that does not: "statement 3: content [40, 900) ends after the text". */
bool record_valid(const Record *r, Err *e);

/* FORMAT.md out: one line without its end. With tokens only where asked. */
void record_json(const Record *r, bool with_tokens, Buf *out);
/* FORMAT.md in: an object of the record's own form, or one of "How the program is fed" (text and metadata only; html,
** bytes and file are told to be refused by the caller). Keys that FORMAT.md does not name are ignored.
** with_parts: later parts (entities, statements, events …) are taken as given and checked with record_valid. */
bool record_of_json(Arena *a, const Json *object, bool with_parts, Record *r, Err *e);

/* What recurs on a site (passage.c). A passage is one or several whole sentences that fill their lines. It may be furniture
** where it has 4 to 60 words and names nobody but its publisher, no day and no figure, is nobody's words and tells nothing
** of what was; passages already marked as recurring count among these. Needs the sentences, and of what was read as much as there is. */
typedef struct { Span span; Str key; } Passage;          /* key: publisher and folded words, the same for the same words */
typedef SLICE(Passage) Passages;
Passages record_passages(Arena *a, const Record *r);     /* all that may be furniture, each key once, in order */
Str passage_key(Arena *to, Str publisher, Str words);    /* empty: too short, too long, or the publisher is not known */
void record_mark_known(Arena *a, Record *r, const Map *known);  /* passages with a known key lose their sentences; some body stays */

/* Bytes to code points and back (place.c). Asking in rising order costs one pass over the text. */
typedef struct { int32_t begin, end; } CpSpan;
typedef struct { Str text; bool is_ascii, is_well; int32_t *at; } Place; /* at: code points that begin before each 64th byte */
Place place_of(Arena *a, Str text);
int32_t place_cp(const Place *p, int32_t byte);
int32_t place_byte(const Place *p, int32_t cp);          /* -1 beyond the end */
static inline CpSpan place_span(const Place *p, Span s) { return (CpSpan){place_cp(p, s.begin), place_cp(p, s.end)}; }
#endif
