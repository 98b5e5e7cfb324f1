//! HEIF files by their boxes (ISO/IEC 23008-12). The bytes of the picture are no picture:
//! only who decodes it notices.

pub const PLAIN: &[u8] = include_bytes!("../files/plain.heic");
pub const TURNED_AND_DATED: &[u8] = include_bytes!("../files/turned-dated.heic");

/// What a made file says.
#[derive(Clone)]
pub struct Heif {
    pub brand: [u8; 4],
    pub items: Vec<Item>,
    /// The item that is the picture.
    pub picture: u16,
    /// Which items a derived one is made of.
    pub parts: Vec<(u16, Vec<u16>)>,
    /// Bytes in the file, and in the box for small items.
    pub data: usize,
    pub item_data: usize,
    /// What follows the last box.
    pub behind: Vec<u8>,
}

#[derive(Clone, Copy)]
pub struct Item {
    pub id: u16,
    pub kind: [u8; 4],
    /// 0: in the file, counted from its data; 1: in the box for small items.
    pub method: u16,
    pub from: u32,
    pub length: u32,
}

impl Default for Heif {
    /// One coded picture of 100 bytes.
    fn default() -> Self {
        Self {
            brand: *b"heic",
            items: vec![Item::coded(1, 0, 100)],
            picture: 1,
            parts: Vec::new(),
            data: 100,
            item_data: 0,
            behind: Vec::new(),
        }
    }
}

impl Item {
    #[must_use]
    pub const fn coded(id: u16, from: u32, length: u32) -> Self {
        Self { id, kind: *b"hvc1", method: 0, from, length }
    }
}

impl Heif {
    /// A picture of two tiles, as phones write large ones.
    #[must_use]
    pub fn grid() -> Self {
        Self {
            items: vec![
                Item::coded(1, 0, 50),
                Item::coded(2, 50, 50),
                Item { id: 3, kind: *b"grid", method: 1, from: 0, length: 8 },
            ],
            picture: 3,
            parts: vec![(3, vec![1, 2])],
            item_data: 8,
            ..Self::default()
        }
    }

    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        let file_type = boxed(b"ftyp", &[&self.brand[..], &[0; 4], b"mif1", &self.brand].concat());
        // The places depend on how long the box is that holds them; its length does not
        // depend on the places.
        let start = file_type.len() + self.meta(0).len() + 8;
        let meta = self.meta(u32::try_from(start).expect("a small file"));
        let data = boxed(b"mdat", &vec![0x5a; self.data]);
        [file_type, meta, data, self.behind.clone()].concat()
    }

    fn meta(&self, start: u32) -> Vec<u8> {
        let count = u16::try_from(self.items.len()).expect("a few").to_be_bytes();
        let mut kinds = count.to_vec();
        let mut places = [&[0x44, 0][..], &count].concat();
        for item in &self.items {
            let named = [&item.id.to_be_bytes()[..], &[0, 0], &item.kind, &[0]].concat();
            kinds.extend(full_box(b"infe", 2, &named));
            let from = if item.method == 0 { start + item.from } else { item.from };
            for part in [item.id, item.method, 0, 1] {
                places.extend(part.to_be_bytes());
            }
            places.extend(from.to_be_bytes());
            places.extend(item.length.to_be_bytes());
        }
        let mut references = Vec::new();
        for (item, parts) in &self.parts {
            let mut content = item.to_be_bytes().to_vec();
            content.extend(u16::try_from(parts.len()).expect("a few").to_be_bytes());
            parts.iter().for_each(|part| content.extend(part.to_be_bytes()));
            references.extend(boxed(b"dimg", &content));
        }
        let content = [
            full_box(b"hdlr", 0, &[&[0; 4][..], b"pict", &[0; 13]].concat()),
            full_box(b"pitm", 0, &self.picture.to_be_bytes()),
            full_box(b"iinf", 0, &kinds),
            full_box(b"iloc", 1, &places),
            full_box(b"iref", 0, &references),
            boxed(b"idat", &vec![0; self.item_data]),
        ];
        full_box(b"meta", 0, &content.concat())
    }
}

#[must_use]
pub fn boxed(kind: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len() + 8).expect("a small box").to_be_bytes();
    [&length[..], kind, content].concat()
}

#[must_use]
pub fn full_box(kind: &[u8; 4], version: u8, content: &[u8]) -> Vec<u8> {
    boxed(kind, &[&[version, 0, 0, 0][..], content].concat())
}
