/* The brief: what a ledger holds, gathered once, shown as a page or as JSON. */
#ifndef BRIEF_H
#define BRIEF_H
#include "article.h"

/* Lines of a page: with all sections full it has some 70, what a sheet of paper holds. */
enum {
    BRIEF_DOCUMENTS = 12,
    BRIEF_SPEAKERS = 8,
    BRIEF_NAMES = 16,
    BRIEF_PUBLISHERS = 12,
    BRIEF_AHEAD = 8,
    BRIEF_BEHIND = 5,
    BRIEF_IDS = 5,
    BRIEF_FAILURES = 5
};

typedef struct {
    Str id, published, title, publisher, begins;
} BriefDocument; /* begins: words of one without title */
typedef struct { Str speaker; int64_t n; Str id, published, publisher, words; } BriefSpeaker;
typedef struct { Str name, id; int64_t documents, mentions; } BriefName;
typedef struct { Str value, id, words; int64_t n; bool is_doubtful; } BriefDate;   /* doubtful wherever it is named */
typedef struct { Str key; int64_t n; } BriefCount;
typedef struct { Str where, why; } BriefFailure;
typedef struct {
    Arena *a;
    Str ledger;
    LedgerCounts counts;
    SLICE(BriefDocument) documents;
    SLICE(BriefSpeaker) speakers;         /* all of them, the most quoted first */
    SLICE(BriefName) names;
    SLICE(BriefDate) ahead, behind;       /* soonest first; most named first */
    SLICE(BriefCount) publishers;
    SLICE(BriefFailure) failures;
    SLICE(BriefCount) learnt;             /* recurring lines that are known as furniture, by publisher */
    int64_t n_learnt;
    int64_t n_publishers, n_failures, undated; /* undated: no day is stated; placed by what is said, or not at all */
    Str first, last;                      /* of the days that documents state */
    Str newest;                           /* the day from which dates lie ahead */
    int64_t said, said_named, said_unnamed, said_collective, said_document, said_open;
    Strs open_ids, undated_ids, foreign_ids;
    Map speaker_at, ahead_at, behind_at;
} Brief;

void brief_page(const Brief *b, Buf *out);
void brief_json(const Brief *b, Buf *out);
#endif
