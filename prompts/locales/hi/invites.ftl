# Invitations: what is said to who comes with one, and to who comes without where one is needed. No native speaker has checked them yet.

invite-accepted = आपका निमंत्रण स्वीकार हो गया है। स्वागत है!
invite-already = आप इस निमंत्रण से पहले ही जुड़ चुके हैं।
invite-spent = यह निमंत्रण पूरा इस्तेमाल हो चुका है। जिसने दिया था, उनसे नया माँगें।
invite-over = यह निमंत्रण अब मान्य नहीं है। जिसने दिया था, उनसे नया माँगें।
invite-unknown = मैं इस निमंत्रण को नहीं पहचानता। कृपया देखें कि लिंक पूरा है या नहीं।
invite-too-often = ये कई निमंत्रण थे जिन्हें मैं नहीं पहचानता। कृपया एक घंटे बाद फिर कोशिश करें।
invite-needed = अभी मैं केवल निमंत्रित लोगों का साथ देता हूँ। अगर आपके पास निमंत्रण का लिंक है, तो उसे खोलें। आपात स्थिति में अपने देश के आपातकालीन नंबर पर फ़ोन करें।
