# text | what is no name, of each entity that has such: "entity: mention, mention; entity: …", or "-"
Ana Velline left early. She was tired.                                           | Ana Velline: She
Tomas Orrel met Ana Velline. He thanked her.                                     | Tomas Orrel: He; Ana Velline: her
Minister Ana Velline opened the talks. The minister left early.                  | Ana Velline: The minister
# the speaker of a quotation is its "I", wherever his name stands
“I will not beg,” Tomas Orrel said.                                              | Tomas Orrel: I
Minister Ana Velline opened the talks. “I will not beg,” she said.               | Ana Velline: I, she
# whom he speaks of by name is not the one who speaks
Tomas Orrel was late. “I love Ana Velline, and Rollo Umber loves her,” he said.     | Tomas Orrel: I, he; Ana Velline: her
# nothing that could be meant, nothing said
The port is closed. It will open again in spring.                                | -
It was late, and it rained in Strelsau.                                          | -
Nobody knew him. Tomas Orrel left.                                               | -
# an author's "I" is nobody whom the text names
I met Tomas Orrel in the harbour. I was late.                                    | -
# neither is a country a person
President Ana Velline left Ruritania. The minister stayed.                       | -
# the president's office is known by the table, of a country and a day
Emmanuel Macron met the envoys. The French president was late.           | Emmanuel Macron: The French president
