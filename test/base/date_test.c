/* Civil dates: every day of 1582 … 9999 there and back, leap years, weekdays, and what counts as written date. */
#include "test.h"

static void every_day(void)
{
    int32_t first = date_days((Date){1582, 1, 1}), last = date_days((Date){9999, 12, 31});
    Date before = date_civil(first - 1);
    int wrong = 0, weekday = date_weekday(before);
    check(before.year == 1581 && before.month == 12 && before.day == 31);
    for (int32_t day = first; day <= last; day++) {
        Date d = date_civil(day);
        weekday = (weekday + 1) % 7;
        bool next = d.year == before.year && d.month == before.month ? d.day == before.day + 1
                    : d.day != 1 ? false
                    : d.year == before.year ? d.month == before.month + 1
                    : d.year == before.year + 1 && d.month == 1 && before.month == 12;
        wrong += !next || date_days(d) != day || !date_is_valid(d) || date_weekday(d) != weekday;
        before = d;
    }
    check(wrong == 0 && last - first == 3074610);
    check(date_days((Date){1970, 1, 1}) == 0 && date_days((Date){2000, 3, 1}) == 11017);
    check(date_days((Date){1, 1, 1}) == -719162);
}

static void whole_range(void)
{
    static const int32_t days[] = {INT32_MIN, INT32_MIN + 1, -719469, -719468, -1, 0, 1, INT32_MAX - 1, INT32_MAX};
    for (size_t i = 0; i < sizeof days / sizeof days[0]; i++) check(date_days(date_civil(days[i])) == days[i]);
    check(date_days((Date){INT32_MAX, INT32_MAX, INT32_MAX}) == INT32_MAX);   /* nonsense is no crash */
    check(date_days((Date){INT32_MIN, INT32_MIN, INT32_MIN}) == INT32_MIN);
}

static void calendar(void)
{
    check(date_is_valid((Date){2024, 2, 29}) && !date_is_valid((Date){2023, 2, 29}));
    check(date_is_valid((Date){2000, 2, 29}) && !date_is_valid((Date){1900, 2, 29}));
    check(!date_is_valid((Date){2024, 2, 30}));
    check(!date_is_valid((Date){2024, 4, 31}) && date_is_valid((Date){2024, 12, 31}));
    check(!date_is_valid((Date){2024, 13, 1}));
    check(!date_is_valid((Date){2024, 0, 0}) && !date_is_valid((Date){2024, 1, 0}) && !date_is_valid((Date){0, 1, 1}));
    check(!date_is_valid((Date){10000, 1, 1}) && !date_is_valid((Date){2024, -1, 1}));
    check(date_weekday((Date){2025, 3, 18}) == 1);        /* a Tuesday */
    check(date_weekday((Date){1970, 1, 1}) == 3 && date_weekday((Date){1582, 10, 15}) == 4);
    check(date_days((Date){2025, 3, 0}) == date_days((Date){2025, 3, 1}));
    check(date_days((Date){2025, 0, 0}) == date_days((Date){2025, 1, 1}));
}

static void written(void)
{
    static const struct { const char *text, *read; } cases[] = {
        {"2025", "2025"}, {"2025-03", "2025-03"}, {"2025-03-18", "2025-03-18"}, {"0001-01-01", "0001-01-01"},
        {"2025-03-18T09:30:00Z", "2025-03-18"}, {"2025-03-18 09:30", "2025-03-18"}, {"2025-03-18T09", "2025-03-18"},
        {"2025-03-18T09:30:00.123456+05:30", "2025-03-18"}, {"2025-03-18 09:30:00 +0530", "2025-03-18"},
        {"2025-03-18t09:30:00z", "2025-03-18"}, {"2025-03-18T23:59:60Z", "2025-03-18"},
        {"2025-03-18T24:00", "2025-03-18"},
        {"2025-03-18 09:30 UTC", "2025-03-18"}, {"2025-03-18T09:30-0800", "2025-03-18"}, {"2024-02-29", "2024-02-29"},
        {"", NULL}, {"202", NULL}, {"20255", NULL}, {"2025-", NULL}, {"2025-3", NULL}, {"2025-13", NULL},
        {"2025-00", NULL},
        {"2025-03-", NULL}, {"2025-03-1", NULL}, {"2025-02-29", NULL}, {"2025-03-32", NULL}, {"2025-03-00", NULL},
        {"0000", NULL}, {" 2025", NULL}, {"2025 ", NULL}, {"2025-03-18 ", NULL}, {"2025-03-18T", NULL},
        {"2025-03-18T25:00", NULL}, {"2025-03-18T09:60", NULL}, {"2025-03-18T09:30:61", NULL},
        {"2025-03-18T24:01", NULL},
        {"2025-03-18T09:30:00.", NULL}, {"2025-03-18T09:30:", NULL}, {"2025-03-18T09:30 CET", NULL},
        {"2025-03-18T09:30+5", NULL}, {"2025-03-18 (updated)", NULL}, {"2025/03/18", NULL}, {"18.03.2025", NULL},
        {"-025-03-18", NULL}, {"+2025", NULL}, {"2025-03-18T09:30:00ZZ", NULL}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        Date d = {7, 7, 7};
        bool is_read = date_parse(str_of(cases[i].text), &d);
        if (!check(is_read == (cases[i].read != NULL))) printf("  '%s'\n", cases[i].text);
        if (is_read) check_str(date_iso(&test_arena, d), str_of(cases[i].read));
        else check(d.year == 7);                          /* untouched */
    }
    check_str(date_iso(&test_arena, (Date){0}), S(""));
    Date d;
    check(date_parse((Str){"2025-03-18", 7}, &d) && d.day == 0 && d.month == 3);   /* a view ends where it ends */
}

int main(void)
{
    TEST_BEGIN
    every_day();
    whole_range();
    calendar();
    written();
    return test_end();
}
