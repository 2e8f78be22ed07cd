//! The bundled fonts: Inter for Latin, Greek and Cyrillic, Noto Sans behind it for Southeast
//! Asian scripts. All under the SIL Open Font License; see `assets/fonts/`.

/// A bundled font file.
#[derive(Clone, Copy, Debug)]
pub struct Font {
    /// Family name with weight, for messages and as the key in the window's font table.
    pub name: &'static str,
    /// Whether it is the semi-bold of its family.
    pub strong: bool,
    /// The file.
    pub data: &'static [u8],
}

macro_rules! font {
    ($name:literal, $strong:literal, $file:literal) => {
        Font {
            name: $name,
            strong: $strong,
            data: include_bytes!(concat!("../../assets/fonts/", $file)),
        }
    };
}

/// All fonts, in the order in which a character is looked for within its weight.
pub const ALL: [Font; 10] = [
    font!("Inter", false, "Inter_400Regular.ttf"),
    font!("Inter SemiBold", true, "Inter_600SemiBold.ttf"),
    font!("Noto Sans Khmer", false, "NotoSansKhmer_400Regular.ttf"),
    font!("Noto Sans Khmer SemiBold", true, "NotoSansKhmer_600SemiBold.ttf"),
    font!("Noto Sans Lao", false, "NotoSansLao_400Regular.ttf"),
    font!("Noto Sans Lao SemiBold", true, "NotoSansLao_600SemiBold.ttf"),
    font!("Noto Sans Thai", false, "NotoSansThai_400Regular.ttf"),
    font!("Noto Sans Thai SemiBold", true, "NotoSansThai_600SemiBold.ttf"),
    font!("Noto Sans Myanmar", false, "NotoSansMyanmar_400Regular.ttf"),
    font!("Noto Sans Myanmar SemiBold", true, "NotoSansMyanmar_600SemiBold.ttf"),
];
