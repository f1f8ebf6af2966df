# हिन्दी: the menu of commands and the lines about the conversation itself. No native speaker has checked them yet.
# Everything else falls back to English.

group-only-private = नमस्ते! मैं केवल निजी चैट में बात करता हूँ, क्योंकि हमारी बात केवल आपकी है। मैं यहाँ मिलूँगा: { $link }
welcome-back = फिर से स्वागत है। बीच में जो हुआ उसे मैं नहीं दोहराता। /today से आज का दिन देखें।
too-many-messages = एक साथ बहुत सारे संदेश आए। मैं पहले वाले संदेशों का उत्तर देता हूँ; एक मिनट रुककर बाकी दोबारा भेजें।
command-today = आज क्या है
command-plan = आपकी योजना
command-meals = आज का भोजन
command-workout = आज का व्यायाम
command-log = भोजन, सेट या गतिविधि लिखें
command-water = पेय लिखें
command-checkin = आप कैसे हैं?
command-progress = आज अब तक का जोड़
command-shopping = क्या खरीदना है
command-reminders = आपके अनुस्मारक
command-goals = आपके लक्ष्य
command-profile = मैं किन जानकारियों से योजना बनाता हूँ
command-memory = मुझे क्या याद है
command-settings = मैं आपसे कैसे बात करूँ
command-language = मैं किस भाषा में बोलता हूँ
command-units = किलो या पाउंड
command-quiet = बिना संदेश के घंटे
command-feedback = बताएँ क्या बेहतर हो
command-help = मैं क्या कर सकता हूँ
command-privacy = मैं क्या रखता हूँ और क्यों
command-stop = सारे अनुस्मारक रोकें
command-cancel = मौजूदा प्रश्न छोड़ें
command-delete = अपना सब कुछ हटाएँ
command-start = शुरू करें
