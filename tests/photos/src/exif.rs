//! EXIF blocks (EXIF 2.32): a TIFF header and directories.

/// What a block says. `None` is not written.
#[derive(Clone, Copy, Debug, Default)]
pub struct Exif<'a> {
    pub orientation: Option<u16>,
    pub taken: Option<&'a str>,
    pub offset: Option<&'a str>,
    pub gps: Option<Gps<'a>>,
    pub is_big_endian: bool,
}

/// Degrees, minutes and seconds as fractions, with their letters.
#[derive(Clone, Copy, Debug)]
pub struct Gps<'a> {
    pub lat_ref: &'a str,
    pub lat: [(u32, u32); 3],
    pub lon_ref: &'a str,
    pub lon: [(u32, u32); 3],
}

#[must_use]
pub fn orientation(orientation: u16) -> Vec<u8> {
    Exif { orientation: Some(orientation), ..Exif::default() }.block()
}

impl Exif<'_> {
    /// From the TIFF header on.
    #[must_use]
    pub fn block(self) -> Vec<u8> {
        let mut fields = Vec::new();
        if let Some(orientation) = self.orientation {
            fields.push(Field { tag: 0x0112, value: Value::Short(orientation) });
        }
        let mut taken = Vec::new();
        if let Some(text) = self.taken {
            taken.push(Field { tag: 0x9003, value: Value::Ascii(text) });
        }
        if let Some(text) = self.offset {
            taken.push(Field { tag: 0x9011, value: Value::Ascii(text) });
        }
        if !taken.is_empty() {
            fields.push(Field { tag: 0x8769, value: Value::Directory(taken) });
        }
        if let Some(Gps { lat_ref, lat, lon_ref, lon }) = self.gps {
            let gps = [
                (1, Value::Ascii(lat_ref)),
                (2, Value::Rationals(lat)),
                (3, Value::Ascii(lon_ref)),
                (4, Value::Rationals(lon)),
            ];
            let gps = gps.map(|(tag, value)| Field { tag, value });
            fields.push(Field { tag: 0x8825, value: Value::Directory(gps.into()) });
        }
        let mut tiff = Tiff { bytes: Vec::new(), is_big_endian: self.is_big_endian };
        tiff.bytes.extend(if self.is_big_endian { b"MM" } else { b"II" });
        tiff.short(42);
        tiff.long(8);
        tiff.directory(&fields);
        tiff.bytes
    }
}

struct Field<'a> {
    tag: u16,
    value: Value<'a>,
}

enum Value<'a> {
    Short(u16),
    Ascii(&'a str),
    Rationals([(u32, u32); 3]),
    Directory(Vec<Field<'a>>),
}

struct Tiff {
    bytes: Vec<u8>,
    is_big_endian: bool,
}

impl Tiff {
    fn short(&mut self, value: u16) {
        let bytes = if self.is_big_endian { value.to_be_bytes() } else { value.to_le_bytes() };
        self.bytes.extend(bytes);
    }

    fn long(&mut self, value: u32) {
        let bytes = if self.is_big_endian { value.to_be_bytes() } else { value.to_le_bytes() };
        self.bytes.extend(bytes);
    }

    /// Entries first, then what does not fit into them, in their order.
    fn directory(&mut self, fields: &[Field<'_>]) {
        let start = self.bytes.len();
        let mut behind = length(start + 2 + fields.len() * 12 + 4);
        self.short(u16::try_from(fields.len()).expect("a few"));
        for Field { tag, value } in fields {
            self.short(*tag);
            match value {
                Value::Short(value) => {
                    self.short(3);
                    self.long(1);
                    self.short(*value);
                    self.short(0);
                }
                Value::Ascii(text) => {
                    self.short(2);
                    self.long(length(text.len() + 1));
                    if text.len() < 4 {
                        let mut inline = [0; 4];
                        inline[..text.len()].copy_from_slice(text.as_bytes());
                        self.bytes.extend(inline);
                    } else {
                        self.long(behind);
                    }
                }
                Value::Rationals(_) => {
                    self.short(5);
                    self.long(3);
                    self.long(behind);
                }
                Value::Directory(_) => {
                    self.short(4);
                    self.long(1);
                    self.long(behind);
                }
            }
            behind += value.behind();
        }
        self.long(0);
        for Field { value, .. } in fields {
            match value {
                Value::Short(_) => {}
                Value::Ascii(text) if text.len() < 4 => {}
                Value::Ascii(text) => {
                    self.bytes.extend(text.as_bytes());
                    // An end, and an even length.
                    self.bytes.extend(vec![0; 2 - text.len() % 2]);
                }
                Value::Rationals(rationals) => {
                    for (above, below) in rationals {
                        self.long(*above);
                        self.long(*below);
                    }
                }
                Value::Directory(fields) => self.directory(fields),
            }
        }
    }
}

impl Value<'_> {
    /// Bytes that stand behind the entries.
    fn behind(&self) -> u32 {
        match self {
            Self::Short(_) => 0,
            Self::Ascii(text) if text.len() < 4 => 0,
            Self::Ascii(text) => length(text.len() + 2 - text.len() % 2),
            Self::Rationals(_) => 24,
            Self::Directory(fields) => {
                let own = length(2 + fields.len() * 12 + 4);
                own + fields.iter().map(|field| field.value.behind()).sum::<u32>()
            }
        }
    }
}

fn length(bytes: usize) -> u32 {
    u32::try_from(bytes).expect("a small block")
}
