/* Contingency: what may come, in which order it is fallen back on, and what would be seen first.
**
** A ladder is a tree of branches with chances as ranges. Chances of branches below one another multiply; those beside one
** another share one whole, so a range is cut to what the others leave. What is left of the whole is said to be left open.
** A branch may depend on conditions of the world, which have chances of their own.
**
** News is a further scenario file: its lines replace chances that the first file has. Each line is also tried alone, so that
** it can be said which sentence moved what.
*/
#ifndef CONTINGENCY_H
#define CONTINGENCY_H
#include "foresee/scenario.h"

typedef struct {
    Range here, whole;                   /* given that the branch above came; from now */
    double open_low, open_high;          /* what its children leave open, given that it came */
    int32_t depth;
    bool is_end;
    double from_day, to_day;             /* of its earliest sign; -1: none */
    int32_t first_sign;                  /* of its signs; -1: none */
} BranchChance;
typedef struct { BranchChance *branch; Range worth; bool has_worth; } Outlook;      /* one for each of sc->branches */
void contingency_solve(Arena *a, const Scenario *sc, Outlook *to);

/* A line of news: the branch or condition whose chance it sets. */
typedef struct { Str name; bool is_condition; Range chance; Basis basis; int32_t line; int32_t at; } NewsLine;
typedef SLICE(NewsLine) News;
bool news_read(Arena *a, Str file, Str bytes, Scenario *sc, News *to, Err *e);      /* texts it names join sc's */
void news_apply(Scenario *sc, const NewsLine *line);
#endif
