# Türkçe: the menu of commands and the lines about the conversation itself. No native speaker has checked them yet.
# Everything else falls back to English.

group-only-private = Merhaba! Yalnızca özelden konuşurum, çünkü konuştuklarımız yalnızca sizindir. Beni burada bulursunuz: { $link }
welcome-back = Tekrar hoş geldiniz. Bu arada olanları tekrarlamıyorum. /today bugününüzü gösterir.
too-many-messages = Bir anda çok mesaj geldi. İlklerini yanıtlıyorum; bir dakika bekleyip kalanları yeniden gönderin.
command-today = Bugün ne var
command-plan = Planınız
command-meals = Bugünün öğünleri
command-workout = Bugünün antrenmanı
command-log = Yemek, set ya da etkinlik kaydet
command-water = İçecek kaydet
command-checkin = Nasılsınız?
command-progress = Günün toplamı
command-shopping = Alışveriş listesi
command-reminders = Hatırlatıcılarınız
command-goals = Hedefleriniz
command-profile = Neye göre planlıyorum
command-memory = Aklımda tuttuklarım
command-settings = Size nasıl davranayım
command-language = Hangi dilde konuşuyorum
command-units = Kilo ya da libre
command-quiet = Mesajsız saatler
command-feedback = Neyi iyileştireyim?
command-help = Neler yapabilirim
command-privacy = Neyi neden saklıyorum
command-stop = Bütün hatırlatıcıları durdur
command-cancel = Şu anki sorudan çık
command-delete = Sizinle ilgili her şeyi sil
command-start = Başla
