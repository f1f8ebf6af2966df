# Invitations: what is said to who comes with one, and to who comes without where one is needed. No native speaker has checked them yet.

invite-accepted = تم قبول دعوتك. أهلًا بك!
invite-already = لقد دخلت بهذه الدعوة من قبل.
invite-spent = استُخدمت هذه الدعوة بالكامل. اطلب دعوة جديدة ممن أعطاك إياها.
invite-over = لم تعد هذه الدعوة صالحة. اطلب دعوة جديدة ممن أعطاك إياها.
invite-unknown = لا أعرف هذه الدعوة. تأكد من أن الرابط كامل.
invite-too-often = كانت هذه عدة دعوات لا أعرفها. حاول مرة أخرى بعد ساعة.
invite-needed = حاليًا أرافق المدعوين فقط. إذا كان لديك رابط دعوة فافتحه. في حالة الطوارئ اتصل برقم الطوارئ في بلدك.
