/* The one table of commands, in the order in which a newcomer meets them; and what was meant by a slip of the finger.
**
** Nearness is the number of letters put in, left out, changed or swapped (optimal string alignment). A third of the
** word may be wrong: "sreach" is search; "foo" is nothing.
*/
#include "cli.h"
#include <string.h>

#define COMMANDS(X) X(add) X(brief) X(said) X(when) X(who) X(search) X(show) X(why) X(correct) X(inspect) X(read) X(actors) \
    X(bargain) X(conflict) X(game) X(contingency) \
    X(export) X(merge) X(verify) X(doctor) X(help) X(version)

#define COMMAND_DECLARE(name) extern const Command command_##name;
#define COMMAND_PLACE(name) &command_##name,
COMMANDS(COMMAND_DECLARE)
const Command *const commands[] = {COMMANDS(COMMAND_PLACE)};
const int commands_n = sizeof commands / sizeof *commands;

const Command *command_find(Str name)
{
    for (int i = 0; i < commands_n; i++)
        if (str_eq(str_of(commands[i]->name), name)) return commands[i];
    return NULL;
}

enum { WORD_MAX = 31 };                  /* letters; no name of ours is longer */

static int least3(int a, int b, int c) { return a < b ? (a < c ? a : c) : (b < c ? b : c); }

static int edits(Str a, Str b)
{
    int d[WORD_MAX + 1][WORD_MAX + 1];
    if (a.n > WORD_MAX || b.n > WORD_MAX) return WORD_MAX;
    for (int i = 0; i <= a.n; i++)
        for (int j = 0; j <= b.n; j++) {
            if (!i || !j) { d[i][j] = i + j; continue; }
            d[i][j] = least3(d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (a.p[i - 1] != b.p[j - 1]));
            if (i > 1 && j > 1 && a.p[i - 1] == b.p[j - 2] && a.p[i - 2] == b.p[j - 1] && d[i - 2][j - 2] + 1 < d[i][j])
                d[i][j] = d[i - 2][j - 2] + 1;
        }
    return d[a.n][b.n];
}

const char *word_near(Str word, const char *const *among, int n)
{
    const char *best = NULL;
    int least = WORD_MAX;
    for (int i = 0; i < n; i++) {
        Str one = str_of(among[i]);
        int d = word.n >= 3 && str_starts(one, word) ? 0 : edits(word, one);
        int allowed = (int)(one.n + 2) / 3;
        if (d < least && d <= allowed) { least = d; best = among[i]; }
    }
    return best;
}

const char *command_near(Str name)
{
    const char *names[64];
    int n = 0;
    for (; n < commands_n && n < 64; n++) names[n] = commands[n]->name;
    return word_near(name, names, n);
}
