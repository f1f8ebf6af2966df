# Bahasa Indonesia: the menu of commands and the lines about the conversation itself. No native speaker has checked them yet.
# Everything else falls back to English.

group-only-private = Halo! Saya hanya berbicara secara pribadi, karena yang kita bicarakan hanya milik Anda. Temui saya di sini: { $link }
welcome-back = Selamat datang kembali. Saya tidak mengulang apa yang terlewat. /today menampilkan hari ini.
too-many-messages = Banyak pesan datang sekaligus. Saya menjawab yang pertama; tunggu satu menit, lalu kirim ulang sisanya.
command-today = Yang ada hari ini
command-plan = Rencana Anda
command-meals = Makanan hari ini
command-workout = Latihan hari ini
command-log = Catat makanan, set, atau aktivitas
command-water = Catat minuman
command-checkin = Bagaimana kabar Anda?
command-progress = Jumlah hari ini
command-shopping = Yang perlu dibeli
command-reminders = Pengingat Anda
command-goals = Tujuan Anda
command-profile = Data dasar rencana saya
command-memory = Yang saya ingat
command-settings = Cara saya memperlakukan Anda
command-language = Bahasa yang saya pakai
command-units = Kilogram atau pon
command-quiet = Jam tanpa pesan
command-feedback = Katakan apa yang perlu diperbaiki
command-help = Yang bisa saya lakukan
command-privacy = Yang saya simpan dan alasannya
command-stop = Hentikan semua pengingat
command-cancel = Tinggalkan pertanyaan ini
command-delete = Hapus semua tentang Anda
command-start = Mulai
