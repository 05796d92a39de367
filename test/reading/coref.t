# text | what is no name, of each entity that has such: "entity: mention, mention; entity: …", or "-"
Ana Velline left early. She was tired.                                           | Ana Velline: She
Tomas Orrel met Ana Velline. He thanked her.                                     | Tomas Orrel: He; Ana Velline: her
The port is closed. It will open again in spring.                                | -
It was late, and it rained in Strelsau.                                          | -
Minister Ana Velline opened the talks. “We will not wait, and I will not beg,” she said. | Ana Velline: I, she
“I will not beg,” Tomas Orrel said.                                              | Tomas Orrel: I
Nobody knew him. Tomas Orrel left.                                               | -
