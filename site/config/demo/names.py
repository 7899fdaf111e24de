"""Names for invented people. Any likeness to a real person is chance."""

import random
import unicodedata


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


FIRST_NAMES = _words(
    """
    Agneta Aisha Alexander Alice Alva Amanda Amina Amir Anders Andrea Anita Anja Anna Annika
    Anton Ardita Arash Astrid Awa Axel Azad Barbro Beatrice Behar Bengt Birgitta Björn Bo
    Camilla Carina Carl Caroline Catarina Cecilia Charlotte Christer Clara Dalia Daniel Danuta
    David Deniz Diana Ebba Edvin Elena Elias Elif Elin Elisabet Ella Elvira Emelie Emil Emma
    Erik Erika Ester Eva Fadi Farah Fatima Felicia Filip Fredrik Frida Gabriel Gunilla Gustav
    Göran Hanna Hassan Hawa Hedda Helena Henrik Hilma Hodan Hugo Håkan Ida Idil Ingela Ingrid
    Irena Isak Isabella Ivana Jakob Jan Jasmina Jasmin Jens Jenny Jessica Johan Johanna Jonas
    Josefin Julia Kajsa Karim Karin Karolina Katarzyna Kerstin Khadija Kim Klara Kristina Lars
    Leila Lena Leo Lina Linda Linnea Lisa Lotta Louise Lovisa Lucia Maja Magnus Malin Malik
    Marcus Maria Mariam Marie Markus Marta Martin Maryam Matilda Mehmet Mia Mikael Mimmi Mina
    Mirjam Mohamed Moa Monika Nadia Nasrin Natalia Niklas Nina Noor Nora Olga Olivia Olof Oskar
    Parisa Patrik Paula Per Pernilla Peter Petra Pia Rahel Rania Rebecka Robin Roza Sabina Said
    Samira Sandra Sara Saga Selma Semira Shirin Signe Sigrid Simon Sofia Solveig Stefan Stina
    Susanne Svetlana Sven Tanja Teodor Teresa Therese Tiina Tove Ulf Ulrika Vera Veronica Viktor
    Viktoria Wilma Ylva Yasmin Yonas Yusuf Zahra Zara Åsa Örjan
    """
)
LAST_NAMES = _words(
    """
    Abdi Ahlgren Ahmed Akbari Ali Alm Almqvist Andersson Aronsson Axelsson Aziz Backman Berg
    Bergkvist Berglund Bergman Bergström Björk Björklund Blom Blomqvist Boman Boström Brandt
    Carlsson Celik Claesson Dahl Dahlberg Dahlgren Danielsson Demir Edlund Ek Ekberg Eklund
    Ekström Eliasson Engström Eriksson Falk Farah Forsberg Forslund Franzén Fransson Fredriksson
    Gebremariam Georgsson Granath Granlund Gunnarsson Gustafsson Haddad Hagström Hallberg
    Hansson Hassan Hedberg Hedlund Hedman Hellström Henriksson Hermansson Holm Holmberg Holmgren
    Holmqvist Håkansson Ibrahim Isaksson Ivarsson Jakobsson Jansson Johansson Jonasson Jonsson
    Kaplan Karimi Karlsson Kaya Khalil Kivelä Kjellberg Korhonen Kowalska Krasniqi Kruse Lahti
    Larsson Lind Lindberg Lindblom Lindgren Lindholm Lindqvist Lindström Ljung Lundberg Lundgren
    Lundin Lundqvist Lundström Löfgren Magnusson Mahmoud Malmberg Martinsson Mattsson Mohamud
    Molin Månsson Mårtensson Nguyen Nilsson Nordin Nordström Norberg Norén Nowak Nyberg Nygren
    Nyman Nyström Olofsson Olsson Omar Osman Osterman Palm Persson Petersson Petrović Popović
    Qasim Quist Rahimi Ramadani Rask Roos Rosén Rydberg Sahlin Salminen Samuelsson Sandberg
    Sandström Savić Seger Selin Shala Sjöberg Sjögren Skoglund Söderberg Söderström Stenberg
    Strand Strömberg Sundberg Sundqvist Sundström Svanberg Svensson Tekle Tesfaye Thorsén Tran
    Turesson Ulander Viklund Virtanen Wahlström Wallin Warsame Westberg Westin Wiklund Wolde
    Yildiz Yusuf Zetterberg Åberg Åkesson Ågren Åström Öberg Öhman Östlund
    """
)
MAIL_DOMAIN = "demo.example"  # reserved (RFC 2606): no mail can reach anybody


def _plain(text: str) -> str:
    """Letters a to z only, as in an e-mail address."""
    apart = unicodedata.normalize("NFD", text.lower())
    return "".join(letter for letter in apart if letter.isascii() and letter.isalpha())


class NameRegister:
    """Hands out names, and an e-mail address of its own to each person."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._taken: dict[str, int] = {}

    def name(self) -> tuple[str, str]:
        """First and last name; namesakes happen, as they do."""
        return self._rng.choice(FIRST_NAMES), self._rng.choice(LAST_NAMES)

    def address(self, first_name: str, last_name: str) -> str:
        """An address nobody else has."""
        base = f"{_plain(first_name)}.{_plain(last_name)}"
        number = self._taken[base] = self._taken.get(base, 0) + 1
        return f"{base}{number if number > 1 else ''}@{MAIL_DOMAIN}"
