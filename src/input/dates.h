/* Dates as pages write them (dates.c). */
#ifndef INPUT_DATES_H
#define INPUT_DATES_H
#include "base/base.h"

typedef struct { Date day; Str iso; bool is_ambiguous; ptrdiff_t begin, end; } PageDate;   /* iso: with the time where it stood; place in the text */
bool date_of_machine(Arena *a, Str s, PageDate *d);      /* "2025-03-18T09:30:00+02:00", "20250318", "Tue, 18 Mar 2025 …", 1742288400 */
bool date_in_text(Arena *a, Str s, bool day_first, PageDate *d);   /* the first full date in a text; day_first: how to read 03/04/2025 */
bool date_in_address(Arena *a, Str uri, PageDate *d);    /* …/2025/03/18/…, …/2025-03-18-…, …/20250318… */
#endif
