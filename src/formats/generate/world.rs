//! Names and places for generated datasets: real states and capitals, common words of diplomacy.

/// A state: name, ISO 3166 alpha-3 code, capital or seat of government, its latitude and longitude
/// in degrees, and names in other languages (language tag, name).
pub(super) struct State {
    pub name: &'static str,
    pub iso: &'static str,
    pub capital: &'static str,
    pub at: (f64, f64),
    pub names: &'static [(&'static str, &'static str)],
}

const fn state(
    name: &'static str,
    iso: &'static str,
    capital: &'static str,
    at: (f64, f64),
    names: &'static [(&'static str, &'static str)],
) -> State {
    State { name, iso, capital, at, names }
}

/// The states, the most active first.
pub(super) const STATES: [State; 56] = [
    state("Cambodia", "KHM", "Phnom Penh", (11.56, 104.92), &[("km", "កម្ពុជា"), ("lo", "ກຳປູເຈຍ")]),
    state("Laos", "LAO", "Vientiane", (17.97, 102.63), &[("lo", "ລາວ"), ("km", "ឡាវ")]),
    state("Viet Nam", "VNM", "Hà Nội", (21.03, 105.85), &[("vi", "Việt Nam"), ("km", "វៀតណាម")]),
    state(
        "Thailand",
        "THA",
        "Bangkok",
        (13.76, 100.50),
        &[("th", "ไทย"), ("km", "ថៃ"), ("lo", "ໄທ")],
    ),
    state("United States", "USA", "Washington", (38.91, -77.04), &[("lo", "ສະຫະລັດອາເມລິກາ")]),
    state("China", "CHN", "Beijing", (39.90, 116.41), &[("km", "ចិន"), ("lo", "ຈີນ")]),
    state("Myanmar", "MMR", "Naypyidaw", (19.76, 96.08), &[("my", "မြန်မာ")]),
    state("Japan", "JPN", "Tokyo", (35.68, 139.69), &[("km", "ជប៉ុន"), ("lo", "ຍີ່ປຸ່ນ")]),
    state("Indonesia", "IDN", "Jakarta", (-6.21, 106.85), &[]),
    state("Singapore", "SGP", "Singapore", (1.35, 103.82), &[]),
    state("Malaysia", "MYS", "Kuala Lumpur", (3.15, 101.69), &[]),
    state("Philippines", "PHL", "Manila", (14.60, 120.98), &[]),
    state("Australia", "AUS", "Canberra", (-35.28, 149.13), &[]),
    state("Republic of Korea", "KOR", "Seoul", (37.57, 126.98), &[]),
    state("India", "IND", "New Delhi", (28.61, 77.21), &[]),
    state("France", "FRA", "Paris", (48.86, 2.35), &[("km", "បារាំង"), ("lo", "ຝຣັ່ງ")]),
    state("Germany", "DEU", "Berlin", (52.52, 13.41), &[]),
    state("United Kingdom", "GBR", "London", (51.51, -0.13), &[]),
    state("Russia", "RUS", "Moscow", (55.76, 37.62), &[]),
    state("Brunei", "BRN", "Bandar Seri Begawan", (4.90, 114.94), &[]),
    state("New Zealand", "NZL", "Wellington", (-41.29, 174.78), &[]),
    state("Timor-Leste", "TLS", "Dili", (-8.56, 125.57), &[]),
    state("Canada", "CAN", "Ottawa", (45.42, -75.70), &[]),
    state("Switzerland", "CHE", "Bern", (46.95, 7.45), &[]),
    state("Norway", "NOR", "Oslo", (59.91, 10.75), &[]),
    state("Sweden", "SWE", "Stockholm", (59.33, 18.07), &[]),
    state("Netherlands", "NLD", "The Hague", (52.08, 4.31), &[]),
    state("Italy", "ITA", "Rome", (41.90, 12.50), &[]),
    state("Spain", "ESP", "Madrid", (40.42, -3.70), &[]),
    state("Poland", "POL", "Warsaw", (52.23, 21.01), &[("pl", "Polska")]),
    state("Türkiye", "TUR", "Ankara", (39.93, 32.86), &[]),
    state("Egypt", "EGY", "Cairo", (30.04, 31.24), &[]),
    state("Kenya", "KEN", "Nairobi", (-1.29, 36.82), &[]),
    state("South Africa", "ZAF", "Pretoria", (-25.75, 28.23), &[]),
    state("Nigeria", "NGA", "Abuja", (9.08, 7.40), &[]),
    state("Ethiopia", "ETH", "Addis Ababa", (9.02, 38.75), &[]),
    state("Côte d’Ivoire", "CIV", "Yamoussoukro", (6.83, -5.29), &[]),
    state("Brazil", "BRA", "Brasília", (-15.79, -47.88), &[]),
    state("Mexico", "MEX", "Mexico City", (19.43, -99.13), &[]),
    state("Argentina", "ARG", "Buenos Aires", (-34.60, -58.38), &[]),
    state("Chile", "CHL", "Santiago", (-33.45, -70.67), &[]),
    state("Colombia", "COL", "Bogotá", (4.71, -74.07), &[]),
    state("Peru", "PER", "Lima", (-12.05, -77.04), &[]),
    state("Pakistan", "PAK", "Islamabad", (33.68, 73.05), &[]),
    state("Bangladesh", "BGD", "Dhaka", (23.81, 90.41), &[]),
    state("Sri Lanka", "LKA", "Colombo", (6.93, 79.86), &[]),
    state("Nepal", "NPL", "Kathmandu", (27.72, 85.32), &[]),
    state("Mongolia", "MNG", "Ulaanbaatar", (47.89, 106.91), &[]),
    state("Kazakhstan", "KAZ", "Astana", (51.17, 71.45), &[]),
    state("Saudi Arabia", "SAU", "Riyadh", (24.71, 46.68), &[]),
    state("United Arab Emirates", "ARE", "Abu Dhabi", (24.45, 54.38), &[]),
    state("Qatar", "QAT", "Doha", (25.29, 51.53), &[]),
    state("Fiji", "FJI", "Suva", (-18.12, 178.45), &[]),
    state("Papua New Guinea", "PNG", "Port Moresby", (-9.44, 147.18), &[]),
    state("Samoa", "WSM", "Apia", (-13.85, -171.75), &[]),
    state("Iceland", "ISL", "Reykjavík", (64.15, -21.94), &[]),
];

/// Organisations: name and short name.
pub(super) const ORGANISATIONS: [(&str, &str); 12] = [
    ("Association of Southeast Asian Nations", "ASEAN"),
    ("United Nations", "UN"),
    ("Mekong River Commission", "MRC"),
    ("European Union", "EU"),
    ("Asian Development Bank", "ADB"),
    ("World Bank", "WB"),
    ("African Union", "AU"),
    ("Pacific Islands Forum", "PIF"),
    ("World Health Organization", "WHO"),
    ("Organisation internationale de la Francophonie", "OIF"),
    ("Shanghai Cooperation Organisation", "SCO"),
    ("International Committee of the Red Cross", "ICRC"),
];

/// Parts of a state.
pub(super) const BODIES: [&str; 8] = [
    "Ministry of Foreign Affairs",
    "Ministry of Defence",
    "Ministry of Trade",
    "Ministry of Environment",
    "Ministry of Health",
    "Parliament",
    "Development Agency",
    "Embassy Network",
];

/// Given names for invented persons, from several regions.
pub(super) const GIVEN: [&str; 24] = [
    "Sokha",
    "Bounthavy",
    "Linh",
    "Somchai",
    "Mary",
    "Wei",
    "Aung",
    "Haruka",
    "Dewi",
    "Ravi",
    "Aisha",
    "José",
    "Zoë",
    "Björn",
    "Łukasz",
    "Thandiwe",
    "Amara",
    "Olga",
    "Jin-ho",
    "Fatima",
    "Noé",
    "Siaosi",
    "Malik",
    "Ingrid",
];

/// Family names for invented persons.
pub(super) const FAMILY: [&str; 24] = [
    "Chan",
    "Phommachanh",
    "Nguyễn",
    "Suksai",
    "Smith",
    "Zhang",
    "Thein",
    "Tanaka",
    "Santoso",
    "Patel",
    "Hassan",
    "García",
    "Müller",
    "Østergaard",
    "Kowalski",
    "Dlamini",
    "Okafor",
    "Ivanova",
    "Kim",
    "Rahman",
    "Dubois",
    "Tuilagi",
    "Yılmaz",
    "Jónsdóttir",
];

/// Kinds of engagement: id, label, chances in a thousand, the start of a title.
pub(super) const KINDS: [(&str, &str, u64, &str); 8] = [
    ("meeting", "Meeting", 430, "Meeting"),
    ("visit", "Visit", 180, "Visit"),
    ("dialogue", "Dialogue", 120, "Dialogue"),
    ("summit", "Summit", 40, "Summit"),
    ("statement", "Statement", 90, "Joint statement"),
    ("agreement", "Agreement", 60, "Agreement"),
    ("assistance", "Assistance", 60, "Assistance"),
    ("milestone", "Milestone", 20, "Milestone"),
];

/// The class of a kind; milestones have none.
pub(super) fn class_of(kind: &str) -> Option<&'static str> {
    match kind {
        "meeting" | "visit" | "dialogue" | "summit" => Some("Contact"),
        "statement" => Some("Word"),
        "agreement" | "assistance" => Some("Commitment"),
        _ => None,
    }
}

/// Topics, the most common first.
pub(super) const TOPICS: [&str; 24] = [
    "Trade",
    "Water",
    "Security",
    "Health",
    "Energy",
    "Education",
    "Climate",
    "Borders",
    "Agriculture",
    "Connectivity",
    "Unexploded ordnance",
    "Human rights",
    "Investment",
    "Migration",
    "Fisheries",
    "Culture",
    "Digital economy",
    "Disaster relief",
    "Hydropower",
    "Tourism",
    "Transport",
    "Science",
    "Counter-narcotics",
    "Women and peace",
];

/// Notes that a reader could have written; some in Khmer and Lao.
pub(super) const NOTES: [&str; 8] = [
    "Held on the margins of a larger meeting.",
    "The press release does not name the head of delegation.",
    "Reported by one side only.",
    "Moved online at short notice.",
    "កិច្ចប្រជុំធ្វើឡើងនៅរាជធានីភ្នំពេញ",
    "ກອງປະຊຸມຈັດຂຶ້ນທີ່ນະຄອນຫຼວງວຽງຈັນ",
    "Second round of talks; the first was not reported.",
    "Agenda as circulated beforehand.",
];

/// The names of frameworks between parties.
pub(super) const FRAMEWORKS: [&str; 6] = [
    "Comprehensive Partnership",
    "Strategic Partnership",
    "Cooperation Forum",
    "Dialogue Relations",
    "Free Trade Area",
    "Joint Commission",
];
