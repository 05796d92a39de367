# text | earliest day of publication | latest day
He left on 3 May 2019 and wrote about it.                                              | 2019-05-03 | -
He left in May 2019.                                                                   | 2019-05-01 | -
The fleet will sail on 20 April 2031. It was painted in February 2031.                 | 2031-02-01 | 2031-04-20
The fleet will sail in February 2031. It was painted in 2030.                          | 2030-01-01 | 2031-02-28
In February 2031 the envoy came. The truce is expected to begin on 20 April.           | 2031-02-01 | 2031-04-20
# an old forecast cannot undo what has happened
They said the fleet will sail on 3 May 2019. It sailed on 7 June 2020.                 | 2020-06-07 | -
# "would" tells nothing
They said the fleet would sail on 3 May 2019.                                          | -          | -
Nothing here is dated.                                                                 | -          | -
A call came on February 12.                                                            | -          | -
