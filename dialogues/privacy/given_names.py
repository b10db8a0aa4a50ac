"""Given names that are common in Sweden, for the warning about persons in what was said. Written for this product.

Not every name: a warning that cries wolf is one that nobody reads, and two capitalised words in a row are noticed
without it. Names that are ordinary words too are told apart, since they begin many a sentence.
"""

WOMEN = """
Agnes Agneta Aisha Alexandra Alice Alicia Alina Alva Amanda Amina Anette Angelica Anita Ann Anna Anne Anneli
Annelie Annette Annika Astrid Barbro Beatrice Berit Birgit Birgitta Birgitte Britt Britta Camilla Carin Carina
Carolina Caroline Cassandra Catarina Catharina Cecilia Charlotta Charlotte Christina Clara Daniella Denise
Desirée Diana Ebba Edith Elena Elin Elina Elisabet Elisabeth Elise Ella Ellen Ellinor Elsa Elsie Elvira Emelie
Emilia Emma Erica Erika Ester Eva Evelina Fanny Fatima Felicia Filippa Fredrika Frida Gabriella Gerd Gerda
Gisela Greta Gudrun Gunborg Gunilla Gunnel Gunvor Hanna Hannah Harriet Hedda Hedvig Helen Helena Helene
Henrietta Hilda Hillevi Ida Inez Ingalill Ingeborg Ingegerd Ingela Inger Ingrid Irene Irma Isabella Isabelle
Jannike Jasmine Jeanette Jennie Jenny Jessica Johanna Jonna Josefin Josefine Judith Julia Juliana Karin
Karolina Katarina Kerstin Khadija Kristin Kristina Laila Leila Lena Lina Linda Linn Linnéa Lisa Lisbeth Lise
Louise Lovisa Lydia Madeleine Magdalena Maja Malena Malin Margareta Margaretha Margit Maria Mariam Mariana
Marianne Marie Marika Marit Marlene Maryam Matilda Mia Michaela Mikaela Mirjam Moa Molly Mona Monica Monika
Märta Nadia Natalia Natalie Nathalie Nellie Nina Noor Olga Olivia Patricia Paulina Pernilla Petra Pia Ragnhild
Rebecka Ronja Rosita Samira Sandra Sara Sarah Selma Signe Sigrid Simone Siv Sofia Sofie Solveig Sonja Sophie
Susanna Susanne Svea Sylvia Tanja Teresa Therese Theresia Thérèse Tina Tora Tove Tuva Tyra Ulla Ulrika Ursula
Vanessa Vendela Veronica Veronika Victoria Viktoria Virginia Vivianne Wilma Yasmin Ylva Yvonne Åsa Åse Zahra
Zeinab
"""

MEN = """
Abbas Abdi Abdul Abdullah Adam Adrian Ahmad Ahmed Albert Albin Alex Alexander Alfred Ali Allan Amir Anders
Andreas Anton Arne Aron Arvid August Bashir Bengt Benjamin Bernt Bert Bertil Birger Björn Bosse Börje Carl
Casper Charlie Christer Christian Christoffer Claes Clas Conny Crister Curt Dan Daniel David Dennis Douglas
Edvin Edward Egon Einar Elias Eliot Elis Elliot Emanuel Emil Erik Erling Eskil Evert Fabian Felix Filip Folke
Fredrik Gabriel Georg Gerhard Gottfrid Greger Gunnar Gustaf Gustav Göran Gösta Hampus Harald Harry Hassan
Hasse Helge Henning Henrik Henry Herbert Holger Hugo Hussein Håkan Ibrahim Isak Ismail Ivan Ivar Jack Jacob
Jakob Janne Jens Jerry Jesper Jimmie Jimmy Joakim Joel Johan Johannes John Johnny Jon Jonas Jonatan Jonathan
Josef Julius Jörgen Karim Karl Kasper Kennet Kenneth Kent Kevin Khalid Kjell Klas Kristian Kristoffer Kurt
Lars Lasse Leif Lennart Leo Leon Levi Liam Linus Loke Lucas Ludvig Lukas Magnus Malte Marcus Markus Martin
Mathias Mats Matteo Mattias Melker Melvin Michael Micke Mikael Mohamed Mohammad Mohammed Mohamud Morgan
Mustafa Måns Mårten Nicklas Niclas Niklas Nils Noah Ola Oliver Olle Olof Olov Omar Oscar Oskar Osman Ossian
Otto Ove Owe Patrick Patrik Pehr Peter Petter Philip Pierre Pontus Ragnar Ralf Rasmus Reza Richard Rickard
Rikard Robert Robin Roger Roland Rolf Ronny Rune Said Salah Samuel Sebastian Sigge Sigurd Sigvard Simon Sixten
Staffan Stefan Stellan Sune Svante Sven Theodor Thomas Tobias Tomas Tommy Tony Torbjörn Tord Tore Torgny
Torsten Ulf Valdemar Valter Victor Vidar Viggo Viktor Vilgot Vilhelm Villiam Vincent Wilhelm William Yousef
Yusuf Åke Östen Zlatan
"""

CALLED = """
Anki Ankie Benke Bettan Danne Fia Gittan Jocke Jossan Kalle Kattis Kenta Kicki Kikki Maggan Nettan Nicke Nisse
Pelle Robban Sussi Sussie Titti Tobbe Totte
"""

# From the languages that are most spoken in Sweden beside Swedish, as far as they stand in neither list above.
FROM_AFAR = """
Agnieszka Aleksandra Amal Amra Arja Ayaan Berivan Dejan Dragan Edin Emina Farah Goran Haval Hibo Hiwa Hodan Ifrah
Irina Jasmin Jelena Jukka Katarzyna Layla Marja Mehdi Mikko Milica Muhammad Nikola Nour Oksana Parisa Pekka Piotr
Pirjo Päivi Rania Ritva Rojin Seija Shirin Soheila Svetlana Timo Tuula Zoran
"""

# Words that a sentence may well begin with: names only in the middle of one, or before a surname.
ALSO_WORDS = """
Alma Axel Bo Bror Dag Dina Ernst Frank Gun Hans Helga Inga Iris Isa Jan Jo Kai Kaj Kim Klara Knut Liv Lo Lotta
Lova Love Lucia Maj Marianna Marina Mark Max Milan My Nova Per Rakel Regina Rita Ro Rosa Roy Rut Saga Sanna
Stella Sten Stig Stina Ture Uno Urban Vera Vilja Viola Viva
"""

GIVEN = frozenset(f"{WOMEN} {MEN} {CALLED} {FROM_AFAR}".split())
ONLY_INSIDE = frozenset(ALSO_WORDS.split())
