# published | text | each time as "words = value", in order; "?" behind a value: doubtful; "-" for none
# What has its year stands as it is.
-          | Talks opened on March 18, 2025, in Strelsau.                       | March 18, 2025 = 2025-03-18
-          | Talks opened on 18 March 2025.                                     | 18 March 2025 = 2025-03-18
-          | The note is dated the 18th of March, 2025.                         | the 18th of March, 2025 = 2025-03-18
-          | The note is dated 2025-03-18.                                      | 2025-03-18 = 2025-03-18
-          | The note is dated 18/03/2025.                                      | 18/03/2025 = 2025-03-18
-          | The note is dated 08/03/2025.                                      | 08/03/2025 = 2025-03-08?
-          | They met in February 2025.                                         | February 2025 = 2025-02
-          | They met in Sept. 2024 and again in early 2025.                    | Sept. 2024 = 2024-09; early 2025 = 2025
-          | The talks of March 5-7, 2025, failed.                              | March 5 = 2025-03-05; 7, 2025 = 2025-03-07
-          | The talks of 5-7 March 2025 failed.                                | 5 = 2025-03-05; 7 March 2025 = 2025-03-07
-          | The port was closed from July 2023 to June 2024.                   | July 2023 = 2023-07; June 2024 = 2024-06
-          | Exports fell in the first quarter of 2025.                         | the first quarter of 2025 = 2025-Q1
-          | Exports rose in Q3 2024.                                           | Q3 2024 = 2024-Q3
-          | The pact of summer 2024 held.                                      | summer 2024 = 2024-SU
-          | In the 1990s the port was free.                                    | the 1990s = 199
# A number of four digits is a year only where the words say so.
-          | The war ended in 2024.                                             | 2024 = 2024
-          | It followed the 2024 election.                                     | 2024 = 2024
-          | They had been at war since 2014.                                   | 2014 = 2014
-          | In 2009-2010 the border was open.                                  | 2009 = 2009; 2010 = 2010
-          | Some 2000 troops crossed the border.                               | -
-          | A column of 1500 men left.                                         | -
-          | The camp lies in 2000 metres.                                      | -
-          | Resolution 1701 was read aloud.                                    | -
# Without a year: the nearest one, by tense; a month alone only where it must be one.
2025-10-27 | He said on Oct. 8 that the call had failed.                        | Oct. 8 = 2025-10-08
2026-01-10 | The mayor signed it on Dec. 7.                                     | Dec. 7 = 2025-12-07
2025-12-20 | The council will meet on 9 January.                                | 9 January = 2026-01-09
2025-10-27 | They praised him several times in October.                         | October = 2025-10
2025-10-27 | The talks failed in March.                                         | March = 2025-03
2025-03-18 | The mayor Theresa May left.                                        | -
2025-03-18 | They may march on Friday against it.                               | Friday = 2025-03-21?
2025-03-18 | The crowd began to march through the town.                         | -
2025-03-18 | A reporter named April Dunmore asked.                              | -
2024-03-18 | It fell on February 29.                                            | February 29 = 2024-02-29
# Weekdays and their like need a day of publication (18 March 2025 was a Tuesday).
2025-03-18 | He said on Friday that the port was closed.                        | Friday = 2025-03-14
2025-03-18 | The ministers will meet on Friday.                                 | Friday = 2025-03-21
2025-03-18 | The minister said Tuesday it was over.                             | Tuesday = 2025-03-18
2025-03-18 | They met last Friday.                                              | last Friday = 2025-03-14
2025-03-18 | They meet next Friday.                                             | next Friday = 2025-03-21?
2025-03-18 | He arrived Monday morning.                                         | Monday morning = 2025-03-17TMO
2025-03-18 | Yesterday the port was closed.                                     | Yesterday = 2025-03-17
2025-03-18 | The port closed on Friday, March 7.                                | Friday, March 7 = 2025-03-07
2025-03-18 | Prices rose from the previous Friday.                              | the previous Friday = 2025-03-14?
2025-03-18 | It is held this coming Sunday.                                     | this coming Sunday = 2025-03-23
2025-10-26 | The rule was made effective on Feb. 1.                             | Feb. 1 = 2025-02-01
2025-03-18 | They met on Good Friday.                                           | Good Friday = 2024-03-29
2025-03-18 | The Strelsau Sunday Times wrote so.                                | -
-          | He said on Friday that the port was closed.                        | Friday = XXXX-WXX-5?
# Times of day
2025-03-18 | It was struck at 15:30 GMT on March 12.                            | 15:30 GMT = 2025-03-12T15:30Z; March 12 = 2025-03-12
2025-03-18 | The speech began at 5 p.m. in the hall.                            | 5 p.m. = 2025-03-18T17:00?
2025-03-18 | They won 5 a match.                                                | -
# An undated text: the year of the dated neighbour, else the latest year that it looks back on; always doubtful.
-          | In the first months of 2025 they talked. A call came on February 12. | the first months of 2025 = 2025; February 12 = 2025-02-12?
-          | A call came on February 12.                                        | February 12 = XXXX-02-12?
-          | They agreed in May 2019. On 3 June they met.                       | May 2019 = 2019-05; 3 June = 2019-06-03?
# What stands in brackets has no part in the clause around them.
2031-05-20 | The share ends above 25 per cent (35 per cent, 19 January): it will be 27.   | 19 January = 2031-01-19
# A feast's own name is no plain weekday.
2031-05-20 | They hoped to sign before Lantern Sunday and met on Sunday.                       | Sunday = 2031-05-18
# The year of a treaty dates nothing else.
-          | The pilots spoke on 12 January. The treaty of 1974 lapsed.                           | 12 January = XXXX-01-12?; 1974 = 1974
# A day ahead of publication of which nothing says that it lies ahead is doubtful.
2023-02-23 | On April 21, the army claims to have taken the port.                          | April 21 = 2023-04-21?
2023-02-23 | On April 21, the army will leave the port.                                    | April 21 = 2023-04-21
# ---- neighbours that are no times -----------------------------------------------------------------------------------------
2031-03-18 | Three quarters of the town had a quarter of the bread.                        | -
2031-03-18 | The second envoy spoke to the third minister of May Street.                   | -
2031-03-18 | He read the Daily Herald and the Sunday Times on page 1998.                   | -
2031-03-18 | A minute later the fall of the city was known.                                | A minute = PT1M
