/* Trees from strangers' files: what is whole is read, what is not is refused with its line. */
#include "train/common/train.h"
#include "test.h"

static bool reads(Str text, Trees *trees, Err *e)
{
    *trees = (Trees){0};
    *e = (Err){0};
    return conllu_read(&test_arena, text, S("x.conllu"), NULL, trees, e);
}

static void refused(Str text, const char *why)
{
    Trees trees;
    Err e;
    check(!reads(text, &trees, &e));
    if (!check(str_find(str_of(e.text), str_of(why)) >= 0)) printf("  «%s» does not say «%s»\n", e.text, why);
    check(str_starts(str_of(e.text), S("x.conllu:")));
}

/* "1 Ana 2" → a line with the word, its number and its head. */
static Str lines_of(const char *words)
{
    Buf b = {.to = &test_arena};
    Str rest = str_of(words), piece;
    while (str_split(&rest, '|', &piece)) {
        Str id, form, head, row = str_trim(piece);
        if (!row.n) buf_char(&b, '\n');
        else if (str_split(&row, ' ', &id) && str_split(&row, ' ', &form) && str_split(&row, ' ', &head))
            buf_printf(&b, "%.*s\t%.*s\t_\tX\t_\t_\t%.*s\tdep\t_\t_\n", STR(id), STR(form), STR(head));
    }
    return buf_str(&b);
}

static void whole_file(void)
{
    static const char text[] =
        "# newdoc id = d1\n# sent_id = s1\n# text = Ana doesn't wait.\n"
        "1\tAna\tAna\tPROPN\tNNP\tNumber=Sing\t4\tnsubj\t_\t_\r\n"
        "2-3\tdoesn't\t_\t_\t_\t_\t_\t_\t_\t_\n"
        "2\tdoes\tdo\tAUX\tVBZ\t_\t4\taux\t_\t_\n"
        "3\tn't\tnot\tPART\tRB\t_\t4\tadvmod\t_\t_\n"
        "3.1\tever\tever\tADV\tRB\t_\t_\t_\t_\t_\n"
        "4\twait\twait\tVERB\tVB\t_\t0\troot\t_\tSpaceAfter=No\n"
        "5\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_\n\n"
        "# newdoc id = left_out_2\n1\tNo\tno\tINTJ\tUH\t_\t0\troot\t_\t_\n\n"
        "# newdoc id = d3\n1\t_\t_\tPUNCT\tNFP\t_\t0\troot\t_\t_";
    Trees trees = {0};
    Err e = {0};
    Str left_out[] = {S("left_out")};
    Strs without = {left_out, 1, 1};
    check(conllu_read(&test_arena, str_of(text), S("x.conllu"), &without, &trees, &e));
    if (!check(trees.n == 2)) return;
    const Tree *t = &trees.v[0];
    check_str(t->doc, S("d1"));
    check_str(t->id, S("s1"));
    check_str(t->text, S("Ana doesn't wait."));
    check(t->n == 5 && t->word[0].head == 4 && t->word[3].head == 0);
    check_str(t->word[0].feats, S("Number=Sing"));
    check_str(t->word[1].feats, S(""));
    check(t->word[1].mwt.begin == 1 && t->word[2].mwt.end == 3 && t->word[0].mwt.begin < 0);
    check_str(t->word[1].mwt_form, S("doesn't"));
    check(t->word[0].space_after && !t->word[3].space_after);
    check_str(trees.v[1].doc, S("d3"));                  /* the last line may lack its end */
    check_str(trees.v[1].word[0].lemma, S("_"));         /* of the word "_" itself */
}

static void wrong_trees(void)
{
    Trees trees;
    Err e;
    check(reads(lines_of("1 Ana 2|2 waits 0"), &trees, &e) && trees.n == 1);
    refused(lines_of("1 Ana 2|2 waits 1"), "no root");
    refused(lines_of("1 Ana 0|2 waits 0"), "no root, or several");
    refused(lines_of("1 Ana 0|2 waits 3|3 here 2"), "circle");
    refused(lines_of("1 Ana 0|2 waits 2"), "circle");
    refused(lines_of("1 Ana 3|2 waits 0"), "outside the sentence");
    refused(lines_of("1 Ana 2|2 waits 0||1 So 0|2 it 999999"), "x.conllu:4:");
    refused(lines_of("1 Ana -1|2 waits 0"), "no number");
    refused(lines_of("1 Ana 99999999999|2 waits 0"), "no number");
    refused(lines_of("1 Ana 2|3 waits 0"), "x.conllu:2: words must be numbered");
    refused(lines_of("2 Ana 0"), "words must be numbered");
    refused(lines_of("1 Ana 2|1 waits 0"), "words must be numbered");
    refused(lines_of("1-3 Ana _|1 A 2|2 na 0"), "reaches beyond");
    refused(lines_of("2-1 Ana _|1 A 2|2 na 0"), "must cover");
    refused(lines_of("1-2 Ana _|1-2 Ana _|1 A 2|2 na 0"), "must cover");
}

static void wrong_columns(void)
{
    enum { MANY = 1000000 };
    refused(S("1\tAna\n"), "fewer than ten columns");
    refused(S("Ana waits.\n"), "fewer than ten columns");
    refused(S("1\tA\ta\tX\t_\t_\t0\troot\t_\t_\t_\n"), "more than ten columns");
    Buf many = {.to = &test_arena};
    for (int i = 0; i < MANY; i++) buf_add(&many, S("1\t"));
    refused(buf_str(&many), "more than ten columns");
    Buf long_one = {.to = &test_arena};
    for (int i = 1; i <= CONLLU_WORDS + 1; i++) buf_printf(&long_one, "%d\tha\t_\tX\t_\t_\t%d\tdep\t_\t_\n", i, i - 1);
    refused(buf_str(&long_one), "10001: a sentence of more than 10000 words");
}

int main(void)
{
    TEST_BEGIN
    whole_file();
    wrong_trees();
    wrong_columns();
    return test_end();
}
