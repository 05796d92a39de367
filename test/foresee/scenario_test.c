/* Scenario files: what is read, and every mistake with its line and what to do about it. */
#include "foresee/scenario.h"
#include "test.h"

#define HEAD "demarche-scenario 1\n"

static bool reads(const char *text, Scenario *sc, Err *e)
{
    *e = (Err){0};
    return scenario_read(&test_arena, S("s"), arena_printf(&test_arena, HEAD "%s", text), sc, e);
}

static void whole(void)
{
    Scenario sc;
    Err e;
    if (!check(reads("title \"The ferry\"\n"
                     "text log 0123456789abcdef \"Harbour log\"\n"
                     "issue fare \"price of a crossing\" from 2 \"as now\" to 8 \"as asked\" log[3,9]\n"
                     "condition fog \"the fog stays\" chance 0.2..0.4 assumed\n"
                     "actor Quay \"the harbour\" influence 60..80 log[10,20] log[30,31]   # a comment\n"
                     "  position fare 2..3 salience 55\n"
                     "  ideal fare 2 assumed\n"
                     "  option strike \"stops the boats\"\n"
                     "  prefers when !fog\n"
                     "    !strike if pay | strike & !pay     assumed\n"
                     "    unknown pay\n"
                     "actor \"Old Mole\" influence 5\n"
                     "  position fare 8 salience 10\n"
                     "  option pay \"pays\" stays\n"
                     "  prefers seen-by Quay\n"
                     "    pay weight 3\n"
                     "infeasible strike & pay because \"nobody pays a striker\"\n"
                     "now strike\n"
                     "tree \"who blinks\"\n"
                     "  move Quay\n"
                     "    action wait\n"
                     "      chance\n"
                     "        action calm 1/4\n"
                     "          pays Quay 1 \"Old Mole\" 2\n"
                     "        action storm 0.6..0.8\n"
                     "          pays Quay 0..1 \"Old Mole\" 0\n"
                     "    action go\n"
                     "      pays Quay 3 \"Old Mole\" 0\n"
                     "ladder \"after the fog\"\n"
                     "  branch calm \"all is well\" chance 0.3..0.5 worth 2\n"
                     "    sign \"boats leave\" within 1..3\n"
                     "    branch dance chance 0.5\n", &sc, &e))) { printf("  %s\n", e.text); return; }
    check(sc.actors.n == 2 && sc.options.n == 2 && sc.issues.n == 1 && sc.conditions.n == 1 && sc.tree.n == 5 && sc.branches.n == 3);
    check(sc.actors.v[0].influence.low == 60 && sc.actors.v[0].influence.mode == 70 && sc.actors.v[0].basis.cites.n == 2);
    check(scenario_stand(&sc, 0, 0)->position.high == 3 && scenario_stand(&sc, 1, 0)->salience.mode == 10);
    check(sc.options.v[1].once == ONCE_TAKEN && sc.options.v[1].actor == 1);
    check(sc.now.is_given && sc.now.options == 1);
    Buf b = {.to = &test_arena};
    expr_words(&sc, sc.preferences.v[0].wishes.v[0].condition, &b);
    check_str(buf_str(&b), S("pay | strike & !pay"));
    check(!expr_holds(&sc, sc.preferences.v[0].wishes.v[0].what, 1, 0) && expr_holds(&sc, sc.preferences.v[0].wishes.v[0].condition, 1, 0));
    check(sc.preferences.v[0].wishes.v[1].is_unknown && sc.preferences.v[1].seen_by == 0 && sc.preferences.v[1].is_weighted);
    check(sc.n_cited == 2 && sc.n_assumed == 3 && sc.n_bare > 0);
    check(sc.tree.v[1].kind == NODE_CHANCE && sc.tree.v[1].chances.v[1].high == 0.8 && sc.tree.v[3].pays.v[0].high == 1);
    check(sc.branches.v[2].parent == 1 && sc.branches.v[1].sign_days.v[0].high == 3);
}

static void mistakes(void)
{
    static const struct { const char *text, *says; } bad[] = {
        {"actor A influence 0\n", "s:2: influence of 'A' is 0; it must be above 0"},
        {"actor A influence -3\n", "must be above 0"},
        {"issue x\nactor A influence 3\n  position x 20 salience 130\n", "s:4: salience 130..130; it is a percentage"},
        {"issue x\nactor A influence 3\n  position x 120 salience 30\n", "s:4: 120..120 lies outside the scale of 'x', 0 to 100"},
        {"issue x\nactor A influence 3\n  position x 30..20 salience 30\n", "s:4: '30..20' is no position; write 40"},
        {"issue x from 5 to 5\n", "s:2: the scale must go from a smaller number"},
        {"actor A\nactor A\n", "s:3: a second actor is called 'A'"},
        {"actor A influence 3 T[1,5]\n", "s:2: no text is called 'T'; declare it"},
        {"text T zz \"x\"\n", "s:2: 'zz' is no hash"},
        {"actor A influence 3 T[5,1]\n", "s:2: 'T[5,1]' is no span"},
        {"actor A\n\tposition x 3\n", "s:3: the line is indented by a tab"},
        {"  actor A\n", "s:2: the line is indented, but nothing stands above it"},
        {"actor A \"open\n", "s:2: a quotation mark is not closed"},
        {"actor A\n  option a\n  prefers\n    b\n", "s:5: no option is called 'b'; declare it below its actor"},
        {"actor A\n  option a\n  prefers\n    (a\n", "s:5: a parenthesis is not closed"},
        {"actor A\n  option a\n  prefers\n    a weight 0\n", "s:5: a weight is a whole number"},
        {"actor A\n  option a\n  prefers\n    a weight 2\n    !a\n", "s:6: the wishes above have weights"},
        {"infeasible a\n", "s:2: no option is called 'a'"},
        {"actor A\n  option a\ninfeasible a\n", "s:4: the reason is missing"},
        {"now nothing\nnow nothing\n", "s:3: what stands now is said twice, before in line 2"},
        {"actor A\ntree\n  move A\n    action x\n", "s:4: action 'x' of this node leads nowhere"},
        {"actor A\ntree\n  move A\n    action x\n      pays\n", "s:6: the payoff of 'A' is missing at this end"},
        {"tree\n  chance\n    action x 1/0\n", "s:4: '1/0' is no chance"},
        {"tree\n  chance\n    action x 1/4\n      pays\n    action y 1/4\n      pays\n", "s:3: the chances of this node sum to 0.5..0.5"},
        {"actor A\nactor B\ntree\n  move A knows k\n    action x\n      move B knows k\n        action x\n          pays A 1 B 1\n",
         "s:7: 'k' knows the same here as in line 5"},
        {"ladder\n  branch a chance 0.7\n  branch b chance 0.6\n", "s:2: the branches below 'now' have chances that sum to at least 1.3"},
        {"condition c chance 1.5\n", "s:2: chance 1.5..1.5; a chance lies between 0 and 1"},
        {"castle A\n", "s:2: 'castle' begins no entry here"},
        {"actor A influence 3 4\n", "s:2: '4' is not understood here; the line reads: actor"},
    };
    for (size_t k = 0; k < sizeof bad / sizeof *bad; k++) {
        Scenario sc;
        Err e;
        if (!check(!reads(bad[k].text, &sc, &e)) || !check(strstr(e.text, bad[k].says) != NULL))
            printf("  case %zu: %s\n", k, e.text);
        check(e.line > 0 || !e.code);
    }
    Scenario sc;
    Err e = {0};
    check(!scenario_read(&test_arena, S("s"), S("actor A\n"), &sc, &e) && strstr(e.text, "s:1: a scenario begins with the line"));
    check(!scenario_read(&test_arena, S("s"), S(HEAD "title \"\xFF\"\n"), &sc, &e) && strstr(e.text, "s:2: byte 8 is no UTF-8"));
    Buf many = {.to = &test_arena};
    buf_add(&many, S(HEAD "actor A\n"));
    for (int i = 0; i < 300000; i++) buf_printf(&many, "  option o%d\n", i);
    check(!scenario_read(&test_arena, S("s"), buf_str(&many), &sc, &e) && strstr(e.text, "more than 26 options"));
}

int main(void)
{
    TEST_BEGIN
    test_arena.budget = 1 << 30;
    whole();
    mistakes();
    return test_end();
}
