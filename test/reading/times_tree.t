# published | text | each time as "words = value", in order; "?" behind a value: doubtful; "-" for none
# Read with the shipped model's tags and trees (times.t is read without).
# ---- nine points: what an engine must do ---------------------------------------------------------------------------------
# 1. The reference is the day of publication for news; in a history, the time last spoken of (its years lie far back, no word of a day's news).
2031-03-18 | In April 1902 the league was founded at Strelsau. In June it grew. In May 1904 the war began. The fleet sailed on 3 July 1904. On 9 August it was lost. Peace came in December 1905. In February the king died. | April 1902 = 1902-04; June = 1902-06; May 1904 = 1904-05; 3 July 1904 = 1904-07-03; 9 August = 1904-08-09; December 1905 = 1905-12; February = 1906-02
2031-03-18 | The league met in June. It will meet in August.                               | June = 2030-06; August = 2031-08
# 2. Direction by the tense and modality of the governing verb, not by nearness.
2030-11-20 | It would be good to reach an agreement by January.                            | January = 2031-01
2030-11-20 | They reached an agreement in January.                                         | January = 2030-01
2031-03-18 | The envoy said on Thursday that the port was closed.                          | Thursday = 2031-03-13
2031-03-18 | The envoy will leave on Thursday.                                             | Thursday = 2031-03-20
# 3. A day and month without a year: the nearest year, the tense as tie-break.
2031-03-18 | They spoke on February 12, on Oct. 8 and on 9 May.                            | February 12 = 2031-02-12; Oct. 8 = 2030-10-08; 9 May = 2030-05-09
2031-03-18 | They will speak on 9 May.                                                     | 9 May = 2031-05-09
# 4. The extent: with its modifiers, without its preposition. The ends of a range are two.
2031-03-18 | They met in early May 2030, late last week and about two years ago.           | early May 2030 = 2030-05; late last week = 2031-W11; about two years ago = 2029?
2031-03-18 | He stayed for nearly three weeks over the past two years.                     | nearly three weeks = P3W; the past two years = P2Y
2031-03-18 | The border was open in 2009-2010 and from May to July 2012.                   | 2009 = 2009; 2010 = 2010; May = 2012-05; July 2012 = 2012-07
2031-03-18 | The port was shut on March 5-7 and between 60 and 90 days.                    | March 5 = 2031-03-05; 7 = 2031-03-07; 60 = P60D; 90 days = P90D
# 5. Values.
2031-03-18 | It took a decade, two and a half years, several months and a few minutes.     | a decade = P10Y; two and a half years = P2Y6M; several months = PXM; a few minutes = PTXM
2031-03-18 | The envoy is now in Strelsau and will leave soon; she was recently in Talmar. | now = PRESENT_REF; soon = FUTURE_REF; recently = PAST_REF
2031-03-18 | Exports fell in the third quarter of 2030 and in the first half of 2029.      | the third quarter of 2030 = 2030-Q3; the first half of 2029 = 2029-H1
2031-03-18 | In the summer of 2030, in the 1980s and in the 19th century it was shut.      | the summer of 2030 = 2030-SU; the 1980s = 198; the 19th century = 18
2031-03-18 | They met last week, this month, last year and over the weekend.               | last week = 2031-W11; this month = 2031-03; last year = 2030; the weekend = 2031-W11-WE
2031-03-18 | They met this morning, yesterday afternoon and on Monday night.               | this morning = 2031-03-18TMO; yesterday afternoon = 2031-03-17TAF; Monday night = 2031-03-17TNI
2031-03-18 | They talk every day, twice a week and every Monday.                           | every day = P1D; twice a week = P1W; every Monday = XXXX-WXX-1
2031-03-18 | It was signed two weeks ago. Three days later it failed.                      | two weeks ago = 2031-W10; Three days later = 2031-W10?
2031-03-18 | Talks begin at 9 a.m. on Friday; they ended at 15:30 GMT yesterday.           | 9 a.m. = 2031-03-21T09:00?; Friday = 2031-03-21?; 15:30 GMT yesterday = 2031-03-17T15:30Z
# 6. Hyphens.
2031-03-18 | A two-hour call, a three-and-a-half-hour lunch and a nearly three-year war.   | two-hour = PT2H; three-and-a-half-hour = PT3H30M; nearly three-year = P3Y
2031-03-18 | He is 52 years old; the 8-month-old truce holds, says the 40-year-old mayor.  | 8-month-old = P8M
# 7. Named days, and what hangs from an event. (20 April 2025 was Easter.)
2025-03-18 | They hoped to agree until Easter and will meet on Victory Day.                | Easter = 2025-04-20; Victory Day = 2025-05-09
2025-03-18 | He has called three times since his inauguration.                             | his inauguration = 2025-01-20
2031-03-18 | The first call came on February 12. A second call came on 1 March. Two weeks after the first call they met. | February 12 = 2031-02-12; 1 March = 2031-03-01; Two weeks = P2W 2031-02-12..2031-02-26
2025-03-18 | He liked his inauguration speech.                                             | -
# 8. Doubt: what contradicts its context is told, not silently stored.
2031-03-18 | The bank was robbed this Sunday.                                              | this Sunday = 2031-03-23?
2031-03-18 | He spoke of it before February 22, in the past three years.                   | February 22 = 2031-02-22?; the past three years = P3Y
# 9. Undated: published.t. Here, what a range allows to say.
-          | The fleet sailed on 3 May 2030 and will return on 4 June 2030. It was built last year. | 3 May 2030 = 2030-05-03; 4 June 2030 = 2030-06-04; last year = 2029
-          | The fleet sailed on 3 December 2030 and will return on 4 June 2031. It was built last year. | 3 December 2030 = 2030-12-03; 4 June 2031 = 2031-06-04; last year = 2029?
