// The console's own words. Names in the schema are not translated: they are the contract.
export const WORDS = {
  id: {
    skip: "Langsung ke penyunting", run: "Jalankan", prettify: "Rapikan", examples: "Contoh…", history: "Riwayat…",
    docs: "Dokumentasi", variables: "Variabel", headers: "Header", query: "Dokumen GraphQL", request: "Permintaan",
    response: "Jawaban", choices: "Saran", token: "Token (Authorization: Bearer)", back: "← Kembali", close: "Tutup",
    tokenHint: "Hanya disimpan di tab ini, dan hilang ketika tab ditutup.", moreHeaders: "Header lain (JSON)",
    search: "Cari tipe atau isian", switchTo: "English", running: "Menjalankan…", cost: "biaya", bytes: "bita",
    unreachable: "Layanan tidak terjangkau", notJson: "bukan objek JSON yang benar", clear: "Hapus riwayat",
    noSchema: "Skema tidak dapat dibaca", deprecated: "Jangan dipakai lagi", args: "Argumen", fields: "Isian",
    values: "Nilai", types: "Tipe di dalamnya", implementedBy: "Diwujudkan oleh", roots: "Mulai dari sini", found: "Hasil", none: "Tidak ada.",
    chooseOperation: "Ada beberapa operasi: letakkan kursor di operasi yang hendak dijalankan.",
  },
  en: {
    skip: "Skip to the editor", run: "Run", prettify: "Prettify", examples: "Examples…", history: "History…",
    docs: "Docs", variables: "Variables", headers: "Headers", query: "GraphQL document", request: "Request",
    response: "Response", choices: "Suggestions", token: "Token (Authorization: Bearer)", back: "← Back", close: "Close",
    tokenHint: "Kept in this tab only, and gone when the tab closes.", moreHeaders: "More headers (JSON)",
    search: "Search types and fields", switchTo: "Indonesia", running: "Running…", cost: "cost", bytes: "bytes",
    unreachable: "The service cannot be reached", notJson: "is not a proper JSON object", clear: "Clear history",
    noSchema: "The schema cannot be read", deprecated: "Deprecated", args: "Arguments", fields: "Fields",
    values: "Values", types: "Possible types", implementedBy: "Implemented by", roots: "Start here", found: "Results", none: "Nothing.",
    chooseOperation: "There are several operations: put the cursor in the one to run.",
  },
};
