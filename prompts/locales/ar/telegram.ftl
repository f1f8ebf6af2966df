# العربية: the menu of commands and the lines about the conversation itself. No native speaker has checked them yet.
# Everything else falls back to English.

group-only-private = مرحبًا! أتحدث في المحادثة الخاصة فقط، لأن ما نتحدث عنه يخصك وحدك. تجدني هنا: { $link }
welcome-back = أهلًا بعودتك. لا أكرر ما مضى في هذه الأثناء. يعرض /today يومك.
too-many-messages = وصلت رسائل كثيرة دفعة واحدة. أجيب عن الأولى منها؛ انتظر دقيقة ثم أعد إرسال ما تبقى.
command-today = ما لديك اليوم
command-plan = خطتك
command-meals = وجبات اليوم
command-workout = تمرين اليوم
command-log = تسجيل طعام أو تمرين أو نشاط
command-water = تسجيل مشروب
command-checkin = كيف حالك؟
command-progress = مجموع اليوم حتى الآن
command-shopping = ما يجب شراؤه
command-reminders = تذكيراتك
command-goals = أهدافك
command-profile = ما أخطط على أساسه
command-memory = ما أتذكره عنك
command-settings = كيف أتعامل معك
command-language = بأي لغة أتحدث
command-units = كيلوغرام أو رطل
command-quiet = ساعات بلا رسائل
command-feedback = قل لي ما الذي أحسّنه
command-help = ما أستطيع فعله
command-privacy = ما أحتفظ به ولماذا
command-stop = إيقاف كل التذكيرات
command-cancel = ترك السؤال الحالي
command-delete = حذف كل ما يخصك
command-start = البدء
