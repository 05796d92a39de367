/* References: from where a text reckons its times; time_refer.c. */
#ifndef READING_TIME_REFER_H
#define READING_TIME_REFER_H
#include "reading/times.h"

typedef struct {
    Date now, high;                            /* the day of publication; where only a range is known, its two ends */
    bool has_now, has_high, is_range;
    bool is_history;                           /* the text tells of times long before its own */
    Point last;                                /* the time last spoken of */
    bool has_last;
    int32_t last_sent;
    Point report;                              /* the quarter or half that figures are given for; grain GRAIN_NONE */
    int32_t report_sent;
    int32_t anchor_year;                       /* the latest year that an undated text looks back on; 0 */
} Reference;
Reference reference_of(const Finder *f);
void reference_move(const Finder *f, const Found *x, Reference *ref);
int32_t year_told(const Finder *f, int32_t at, const Reference *ref);  /* undated: the year of its dated neighbour; 0 */
#endif
