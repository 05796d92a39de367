/* Fields: FORMAT.md, line by line.
**
** The order of the rows is the order of the keys in the published line, since the line is hashed as the record's
** seal: moving a row changes every seal. Keys that FORMAT.md lacks and we add stand last ("by"), or behind the key
** that they complete ("place_span").
**
** A field that is left out where it is unknown says so with OPTIONAL; all others are written as null. Empty lists
** are left out everywhere.
*/
#include "record/inside.h"
#include <math.h>

#define ROW(name, kind_, Type, member, ...)                                                        \
    {.key = {name, sizeof(name) - 1}, .lead = {",\"" name "\":", sizeof(name) + 3}, .kind = FIELD_##kind_, \
     .at = (int32_t)offsetof(Type, member), __VA_ARGS__}
#define OPTIONAL .is_left_out = true
#define FED .is_fed = true
#define OF(lower) .names = &lower##_names
#define TO(LIST) .into = INTO_##LIST
#define EACH(part_) .part = &part_
#define FROM(low, high) .least = (low), .most = (high)
#define PART(name, Type, rows, id)                                                                 \
    {{name, sizeof(name) - 1}, rows, (int32_t)(sizeof(rows) / sizeof(rows)[0]), (int32_t)sizeof(Type), id}

#define NAMES_DECLARED(Type, PREFIX, LIST, lower) extern const Names lower##_names;
RECORD_ENUMS(NAMES_DECLARED)

static const Field boilerplate_rows[] = {
    ROW("span", SPAN, Boilerplate, span),
    ROW("reason", ENUM, Boilerplate, reason, OF(boilerplate)),
};
static const Field origin_rows[] = {
    ROW("span", SPAN, Origin, span),
    ROW("how", ENUM, Origin, how, OF(origin_how)),
    ROW("name", STR, Origin, name),
    ROW("uri", STR, Origin, uri),
};
static const Field token_rows[] = {
    ROW("span", SPAN, Token, span),
    ROW("form", STR, Token, form),
    ROW("lemma", STR, Token, lemma),
    ROW("upos", STR, Token, upos),
    ROW("xpos", STR, Token, xpos),
    ROW("feats", STR, Token, feats),
    ROW("head", NATURAL, Token, head),
    ROW("deprel", STR, Token, deprel),
    ROW("sent", NATURAL, Token, sent),
    ROW("mwt", SPAN_OR_NULL, Token, mwt),
};
static const Field mention_rows[] = {
    ROW("span", SPAN, Mention, span),
    ROW("kind", ENUM, Mention, kind, OF(mention_kind)),
    ROW("p", NUMBER, Mention, p, FROM(0, 1), OPTIONAL),
};
static const Part part_boilerplate = PART("boilerplate", Boilerplate, boilerplate_rows, false);
static const Part part_origin = PART("origin", Origin, origin_rows, false);
static const Part part_token = PART("token", Token, token_rows, false);
static const Part part_mention = PART("mention", Mention, mention_rows, false);

static const Field entity_rows[] = {
    ROW("name", STR, Entity, name),
    ROW("type", ENUM, Entity, type, OF(entity_type)),
    ROW("key", STR, Entity, key),
    ROW("actor", STR, Entity, actor),
    ROW("mentions", PARTS, Entity, mentions, EACH(part_mention)),
    ROW("by", STR, Entity, by, OPTIONAL),
};
static const Field time_rows[] = {
    ROW("span", SPAN, Time, span),
    ROW("type", ENUM, Time, type, OF(time_type)),
    ROW("value", STR, Time, value),
    ROW("mod", STR, Time, mod),
    ROW("begin", STR, Time, begin, OPTIONAL),
    ROW("end", STR, Time, end, OPTIONAL),
    ROW("doubt", BOOL, Time, doubt),
    ROW("by", STR, Time, by, OPTIONAL),
};
static const Part part_time = PART("time", Time, time_rows, false);

static const Field sources_rows[] = {
    ROW("count", COUNT, Sources, count),
    ROW("affiliation", STR, Sources, affiliation),
    ROW("reason", SPANS, Sources, reason),
    ROW("same_as", INDEX, Sources, same_as, TO(STATEMENTS)),
};
static const Part part_sources = PART("sources", Sources, sources_rows, false);

/* The three fields of a judgement stand in the statement itself. */
typedef struct { Judgement how; int32_t by; Span span; } Judged;
_Static_assert(offsetof(Statement, judged_by) - offsetof(Statement, judged) == offsetof(Judged, by), "as in Judged");
_Static_assert(offsetof(Statement, judged_span) - offsetof(Statement, judged) == offsetof(Judged, span),
               "as in Judged");
static const Field judged_rows[] = {
    ROW("by", JUDGE, Judged, by, TO(STATEMENTS)),
    ROW("how", ENUM, Judged, how, OF(judgement)),
    ROW("span", SPAN_OR_NULL, Judged, span),
};
static const Part part_judged = PART("judged", Judged, judged_rows, false);

static const Field statement_rows[] = {
    ROW("source", SPANS, Statement, source),
    ROW("cue", SPANS, Statement, cue),
    ROW("content", SPANS, Statement, content),
    ROW("speaker", INDEX, Statement, speaker, TO(ENTITIES)),
    ROW("form", ENUM, Statement, form, OF(form)),
    ROW("class", ENUM, Statement, class, OF(statement_class)),
    ROW("sourcing", ENUM, Statement, sourcing, OF(sourcing)),
    ROW("sources", SOURCES, Statement, sources, EACH(part_sources), OPTIONAL),
    ROW("addressee", INDEX, Statement, addressee, TO(ENTITIES)),
    ROW("medium", INDEX, Statement, medium, TO(ENTITIES)),
    ROW("judged", JUDGED, Statement, judged, EACH(part_judged)),
    ROW("inside", INDEX, Statement, inside, TO(STATEMENTS)),
    ROW("time", WHEN, Statement, time),
    ROW("p", NUMBER, Statement, p, FROM(0, 1), OPTIONAL),
    ROW("by", STR, Statement, by, OPTIONAL),
};
static const Field role_rows[] = {
    ROW("entity", INDEX, Role, entity, TO(ENTITIES)),
    ROW("actor", STR, Role, actor),
};
static const Part part_source = PART("source", Role, role_rows, false);
static const Part part_target = PART("target", Role, role_rows, false);

static const Field event_rows[] = {
    ROW("span", SPAN, Event, span),
    ROW("anchor", SPAN_OR_NULL, Event, anchor),
    ROW("type", STR, Event, type),
    ROW("mode", STR, Event, mode),
    ROW("contexts", STRS, Event, contexts),
    ROW("cameo", STR, Event, cameo),
    ROW("source", PARTS, Event, source, EACH(part_source)),
    ROW("target", PARTS, Event, target, EACH(part_target)),
    ROW("time", WHEN, Event, time),
    ROW("time_range", RANGE, Event, time_range),
    ROW("before", INDICES, Event, before, TO(EVENTS)),
    ROW("after", INDICES, Event, after, TO(EVENTS)),
    ROW("place", STR, Event, place_name),
    ROW("place_span", SPAN_OR_NULL, Event, place, OPTIONAL),
    ROW("goldstein", NUMBER, Event, goldstein, FROM(-10, 10)),  /* Goldstein's scale (1992) and CAMEO's */
    ROW("status", ENUM, Event, status, OF(event_status)),
    ROW("statement", INDEX, Event, statement, TO(STATEMENTS)),
    ROW("p", NUMBER, Event, p, FROM(0, 1)),
    ROW("by", STR, Event, by, OPTIONAL),
};
static const Field expectation_rows[] = {
    ROW("span", SPAN, Expectation, span),
    ROW("holder", INDEX, Expectation, holder, TO(ENTITIES)),
    ROW("kind", ENUM, Expectation, kind, OF(expectation_kind)),
    ROW("polarity", INT, Expectation, polarity, FROM(-1, 1)),
    ROW("strength", NUMBER, Expectation, strength, FROM(0, 1)),
    ROW("condition", SPANS, Expectation, condition),
    ROW("due", WHEN, Expectation, due),
    ROW("after", INDEX, Expectation, after, TO(EXPECTATIONS)),
    ROW("statement", INDEX, Expectation, statement, TO(STATEMENTS)),
    ROW("by", STR, Expectation, by, OPTIONAL),
};
static const Field relation_rows[] = {
    ROW("span", SPAN, Relation, span),
    ROW("type", ENUM, Relation, type, OF(relation_type)),
    ROW("from", INDEX, Relation, from, TO(ENTITIES)),
    ROW("to", INDEX, Relation, to, TO(ENTITIES)),
    ROW("via", INDEX, Relation, via, TO(ENTITIES)),
    ROW("what", SPANS, Relation, what),
    ROW("time", WHEN, Relation, time),
    ROW("statement", INDEX, Relation, statement, TO(STATEMENTS)),
    ROW("by", STR, Relation, by, OPTIONAL),
};
static const Field topic_rows[] = {
    ROW("key", STR, Topic, key),
    ROW("spans", SPANS, Topic, spans),
    ROW("statement", INDEX, Topic, statement, TO(STATEMENTS)),
    ROW("by", STR, Topic, by, OPTIONAL),
};
static const Field figure_rows[] = {
    ROW("span", SPAN, Figure, span),
    ROW("value", NUMBER, Figure, value, FROM(-HUGE_VAL, HUGE_VAL)),
    ROW("unit", STR, Figure, unit),
    ROW("what", SPANS, Figure, what),
    ROW("period", STR, Figure, period),
    ROW("statement", INDEX, Figure, statement, TO(STATEMENTS)),
    ROW("by", STR, Figure, by, OPTIONAL),
};
const Part part_entity = PART("entity", Entity, entity_rows, true);
const Part part_statement = PART("statement", Statement, statement_rows, true);
const Part part_event = PART("event", Event, event_rows, true);
const Part part_expectation = PART("expectation", Expectation, expectation_rows, true);
const Part part_relation = PART("relation", Relation, relation_rows, false);
const Part part_topic = PART("topic", Topic, topic_rows, false);
const Part part_figure = PART("figure", Figure, figure_rows, false);

static const Field record_rows[] = {
    ROW("format", FORMAT, Record, id),
    ROW("id", ID, Record, id, FED),
    ROW("uri", STR, Record, uri, FED),
    ROW("publisher", STR, Record, publisher, FED),
    ROW("author", STR, Record, author, FED),
    ROW("title", STR, Record, title, FED),
    ROW("lang", STR, Record, lang, FED),
    ROW("published", PUBLISHED, Record, published, FED),
    ROW("published_how", ENUM, Record, published_how, OF(published_how)),
    ROW("published_range", RANGE, Record, published_range, OPTIONAL),
    ROW("text", TEXT, Record, text, FED),
    ROW("sha256", STR, Record, sha256),
    ROW("boilerplate", PARTS, Record, boilerplate, EACH(part_boilerplate)),
    ROW("origin", PARTS, Record, origin, EACH(part_origin)),
    ROW("truncated", BOOL, Record, truncated),
    ROW("sentences", SPANS, Record, sentences),
    ROW("tokens", PARTS, Record, tokens, EACH(part_token), .is_tokens = true),
    ROW("entities", PARTS, Record, entities, EACH(part_entity)),
    ROW("times", PARTS, Record, times, EACH(part_time)),
    ROW("statements", PARTS, Record, statements, EACH(part_statement)),
    ROW("events", PARTS, Record, events, EACH(part_event)),
    ROW("expectations", PARTS, Record, expectations, EACH(part_expectation)),
    ROW("relations", PARTS, Record, relations, EACH(part_relation)),
    ROW("topics", PARTS, Record, topics, EACH(part_topic)),
    ROW("figures", PARTS, Record, figures, EACH(part_figure)),
};
const Part part_record = PART("record", Record, record_rows, false);

const char *const record_list_names[] = {"entity", "statement", "event", "expectation"};

const AnySlice *record_list(const Record *r, int32_t list)
{
    switch (list) {
    case INTO_ENTITIES: return (const AnySlice *)&r->entities;
    case INTO_STATEMENTS: return (const AnySlice *)&r->statements;
    case INTO_EVENTS: return (const AnySlice *)&r->events;
    default: return (const AnySlice *)&r->expectations;
    }
}
