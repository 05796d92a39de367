/* Doubts: a small linear scorer for the gaps at which the rules of stops are not sure.
**
** models/sentence.en is text, so that it can be compared: lines that begin with # say where it comes from; "cut C";
** lines "= …" with the classes of common words, two characters a bucket (a check of the word's hash, and its class
** from 'A' on, two blanks where no word is); lines "~ …" with the weights of common features, again a check and a
** weight ('P' is zero). A feature sits in the bucket that its hash says (gap.c) or in the one beside it; one that has
** no place counts nothing. A sentence ends where the sum of a doubt's weights is above C. Whole numbers: the same sum
** on every machine. A file of another size is a mistake of the build, and the program says so and stops.
**
** Cost: some forty looks into 128 KiB.
*/
#include "text/inside.h"
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

extern const char sentence_en[];                         /* models/sentence.en, embedded */
extern const int sentence_en_n;
static DoubtTable shipped;
static const DoubtTable *table;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void read_table(void)
{
    Str rest = {sentence_en, sentence_en_n}, line;
    int32_t n = 0, words = 0;
    if (table) return;
    while (str_split(&rest, '\n', &line)) {
        if (line.n == 0 || line.p[0] == '#') continue;
        if (str_starts(line, S("cut "))) { shipped.cut = atoi(line.p + 4); continue; }
        if (str_starts(line, S("= "))) {
            for (ptrdiff_t i = 2; i + 1 < line.n && words < 1 << CLASS_BITS; i += 2, words++) {
                shipped.check[words] = (uint8_t)line.p[i];
                shipped.class[words] = line.p[i + 1] == ' ' ? 0 : (uint8_t)(line.p[i + 1] - '@');
            }
            continue;
        }
        if (!str_starts(line, S("~ "))) continue;
        for (ptrdiff_t i = 2; i + 1 < line.n && n < 1 << DOUBT_BITS; i += 2, n++) {
            shipped.feature[n].check = line.p[i] == ' ' ? 0 : (uint8_t)line.p[i];
            shipped.feature[n].weight = (int8_t)(line.p[i + 1] - 'P');
        }
    }
    if (n != 1 << DOUBT_BITS || words != 1 << CLASS_BITS) {
        fprintf(stderr, "models/sentence.en does not fit this program (%d weights, %d words); make it with "
                        "train/sentence/make.sh\n", n, words);
        abort();
    }
    table = &shipped;
}

void doubt_use(const DoubtTable *t) { table = t; }

const DoubtTable *doubt_table(void)
{
    pthread_once(&once, read_table);
    return table;
}

bool doubt_ends(const DoubtTable *t, const Doubt *doubt)
{
    int32_t sum = 0;
    for (int32_t i = 0; i < doubt->n; i++) {
        int32_t at = doubt_place(t, doubt->v[i]);
        if (at >= 0) sum += t->feature[at].weight;
    }
    return sum > t->cut;
}
