/* Doubts: a small linear scorer for the gaps at which the rules of stops are not sure.
**
** models/sentence.en: lines that begin with # say where it comes from; then "cut C" and 2^DOUBT_BITS weights, a printable
** character each, 'P' for zero, so that the file can be compared; line ends between them mean nothing. A feature is a
** place in this table (gap.c); a sentence ends where the sum of a doubt's weights is above C. Whole numbers: the same
** sum on every machine. A file of another size is a mistake of the build, and the program says so and stops.
**
** Cost: some thirty looks into 32 KiB.
*/
#include "text/inside.h"
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

extern const char sentence_en[];                         /* models/sentence.en, embedded */
extern const int sentence_en_n;
static int8_t weight[1 << DOUBT_BITS];
static int32_t cut;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void read_weights(void)
{
    Str rest = {sentence_en, sentence_en_n}, line;
    int32_t n = 0;
    while (str_split(&rest, '\n', &line)) {
        if (line.n == 0 || line.p[0] == '#') continue;
        if (str_starts(line, S("cut "))) { cut = atoi(line.p + 4); continue; }
        for (ptrdiff_t i = 0; i < line.n && n < 1 << DOUBT_BITS; i++) weight[n++] = (int8_t)(line.p[i] - 'P');
    }
    if (n == 1 << DOUBT_BITS) return;
    fprintf(stderr, "models/sentence.en does not fit this program (%d weights); make it again with train/sentence\n", n);
    abort();
}

bool doubt_ends(const Doubt *doubt)
{
    pthread_once(&once, read_weights);
    int32_t sum = 0;
    for (int32_t i = 0; i < doubt->n; i++) sum += weight[doubt->v[i]];
    return sum > cut;
}
