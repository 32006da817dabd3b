"""What mail programs and providers call the mailboxes, language by language. Data only; the earlier name of a role wins over the later.

Gathered from what the programs themselves create: Outlook and Exchange, Outlook.com, Gmail, iCloud, Yahoo, Thunderbird, Roundcube, Horde, KMail,
GMX, Zimbra, Orange, and the mobile clients. Case, accents, spaces and punctuation do not count when they are compared.
"""

from __future__ import annotations

DRAFTS = (
    "Drafts", "Draft", "Draft Messages",                        # English; Yahoo and AOL have "Draft"
    "Brouillons", "Brouillon",                                  # French
    "Entwürfe", "Entwurf",                                      # German
    "Borradores", "Borrador",                       # Spanish, Galician
    "Esborranys", "Zirriborroak",                               # Catalan, Basque
    "Rascunhos", "Rascunho",                                    # Portuguese
    "Bozze", "Bozza",                                           # Italian
    "Ciorne", "Schițe", "Schiţe", "Mesaje nefinalizate",        # Romanian
    "Concepten", "Konsepte",                         # Dutch, Afrikaans
    "Kladder", "Udkast", "Utkast", "Utkaster",                  # Danish, Norwegian, Swedish
    "Luonnokset", "Keskeneräiset", "Drög",                      # Finnish, Icelandic
    "Mustandid", "Melnraksti", "Juodraščiai",                   # Estonian, Latvian, Lithuanian
    "Wersje robocze", "Kopie robocze", "Szkice",     # Polish
    "Koncepty", "Rozepsané", "Rozepsané zprávy", "Rozpísané", "Rozpracované",   # Czech, Slovak
    "Osnutki", "Skice", "Nedovršene", "Недовршене", "Нацрти",         # Slovenian, Croatian, Bosnian, Serbian, Macedonian
    "Чернови", "Черновики", "Чернетки", "Чарнавікі",                # Bulgarian, Russian, Ukrainian, Belarusian
    "Πρόχειρα", "Προσχέδια",                                    # Greek
    "Piszkozatok", "Taslaklar", "Draftet",                # Hungarian, Turkish, Albanian
    "Qaralamalar", "Нобайлар", "Սևագրեր", "მონახაზები", "შავი პირები",   # Azeri, Kazakh, Armenian, Georgian
    "טיוטות", "المسودات", "مسودات", "مسودة", "پیش‌نویس‌ها", "پیش نویس", "پیش‌نویس", "ڈرافٹس",    # Hebrew, Arabic, Persian, Urdu
    "ड्राफ़्ट", "ड्राफ्ट", "प्रारूप", "मसुदे", "খসড়া", "வரைவுகள்", "చిత్తుప్రతులు", "ಕರಡುಗಳು", "ഡ്രാഫ്റ്റുകള്‍",   # Hindi, Marathi, Bengali, Tamil, Telugu, Kannada, Malayalam
    "แบบร่าง", "ร่างจดหมาย", "ร่าง", "จดหมายร่าง",                                # Thai
    "Thư nháp", "Bản nháp", "Nháp", "Draf", "Konsep",           # Vietnamese, Indonesian, Malay
    "下書き", "下書きフォルダ", "草稿", "草稿箱", "草稿夾", "草稿匣", "草稿夹",      # Japanese, Chinese
    "임시 보관함", "임시보관함", "임시 저장함", "초안",                            # Korean
    "Drafftiau", "Dréachtaí", "Brouilhedoù", "Malnetoj", "Rasimu",   # Welsh, Irish, Breton, Esperanto, Swahili
)

SENT = (
    "Sent", "Sent Items", "Sent Messages", "Sent Mail", "Sent Email",   # English; iCloud, Exchange, Gmail, KMail
    "Envoyés", "Éléments envoyés", "Messages envoyés", "Courrier envoyé", "Objets envoyés",   # French
    "Gesendet", "Gesendete Elemente", "Gesendete Objekte", "Gesendete Nachrichten", "Gesendete Mails", "Gesendete",   # German
    "Enviados", "Elementos enviados", "Mensajes enviados", "Correo enviado", "Enviado",                 # Spanish
    "Enviats", "Elements enviats", "Bidaliak", "Bidalitakoak",                                          # Catalan, Basque
    "Itens Enviados", "E-mails enviados", "Mensagens enviadas", "Enviadas", "Enviada", "Itens enviado", "Correio enviado",   # Portuguese
    "Posta inviata", "Inviata", "Inviati", "Elementi inviati", "Messaggi inviati",                      # Italian
    "Trimise", "Elemente trimise", "Mesaje trimise", "Mesaj trimis",                                    # Romanian
    "Verzonden", "Verzonden items", "Verzonden berichten", "Verstuurd", "Gestuurde items",              # Dutch, Afrikaans
    "Sendt post", "Sendte", "Sendt", "Sendte elementer", "Sendte meddelelser", "Skickat", "Skickade", "Skickade objekt", "Skickade meddelanden",
    "Lähetetyt", "Lähetetyt kohteet", "Send atriði", "Sent atriði", "Send skilaboð",                    # Finnish, Icelandic
    "Saadetud", "Saadetud kirjad", "Nosūtītie", "Nosūtītās vienības", "Išsiųsti", "Išsiųsta", "Išsiųsti laiškai",   # Baltic
    "Wysłane", "Elementy wysłane", "Wysłane elementy", "Poczta wysłana",                                # Polish
    "Odeslané", "Odeslaná pošta", "Odeslané zprávy", "Odoslané", "Odoslaná pošta", "Odoslané správy",   # Czech, Slovak
    "Poslano", "Poslana pošta", "Poslani elementi", "Poslane stavke", "Poslane poruke", "Послато", "Послате", "Послате ставке", "Испратени",
    "Изпратени", "Изпратена поща", "Отправленные", "Отправленные письма", "Надіслані", "Відправлені", "Адпраўленыя", "Дасланыя",
    "Απεσταλμένα", "Απεσταλμένα στοιχεία", "Elküldött", "Elküldött elemek", "Elküldött levelek", "Elküldött üzenetek",
    "Gönderilmiş", "Gönderilmiş Öğeler", "Gönderilen", "Gönderilenler", "Gönderilmiş Postalar", "Gönderilmiş Öğe", "Të dërguarat", "Göndərilmiş",
    "דואר שנשלח", "פריטים שנשלחו", "נשלח", "البريد المرسل", "العناصر المرسلة", "المرسلة", "مرسل", "ارسال شده", "ارسال‌شده", "پیام‌های ارسال شده", "فرستاده شده",
    "भेजे गए", "भेजा गया", "भेजे गए मेल", "পাঠানো", "প্রেরিত", "அனுப்பியவை", "அனுப்பப்பட்டவை",
    "รายการที่ถูกส่ง", "รายการที่ส่ง", "ส่งแล้ว", "จดหมายที่ส่งแล้ว", "Thư đã gửi", "Đã gửi", "Mục đã Gửi", "Terkirim", "Item Terkirim", "Surat Terkirim", "Dihantar", "Item Dihantar",
    "送信済み", "送信済みメール", "送信済みアイテム", "已发送", "已发送邮件", "已傳送", "寄件備份", "寄件备份", "已寄出", "寄件匣備份", "已傳送的郵件", "已發送", "已傳送郵件",
    "보낸편지함", "보낸 편지함", "보낸 메일함", "보낸메일함", "보낸 항목", "Anfonwyd", "Seolta", "Kaset", "Senditaj", "Sent-mail",
)

TRASH = (
    "Trash", "Deleted Items", "Deleted Messages", "Bin", "Deleted", "Trash Can",                        # English; Exchange, iCloud, Gmail UK
    "Corbeille", "Éléments supprimés", "Messages supprimés", "Poubelle", "Supprimés",                   # French
    "Papierkorb", "Gelöscht", "Gelöschte Elemente", "Gelöschte Objekte", "Gelöschte Nachrichten",       # German
    "Papelera", "Elementos eliminados", "Eliminados", "Mensajes eliminados", "Papelera de reciclaje", "Paperera", "Elements suprimits", "Zakarrontzia", "Lixo",
    "Lixeira", "Itens Excluídos", "Itens eliminados", "Excluídos", "Caixote do Lixo", "Apagadas", "Reciclagem",
    "Cestino", "Posta eliminata", "Elementi eliminati", "Eliminati", "Messaggi eliminati",
    "Coș de gunoi", "Coş", "Coș", "Elemente șterse", "Mesaje șterse", "Gunoi",
    "Prullenbak", "Verwijderde items", "Verwijderd", "Verwijderde berichten", "Asblik",
    "Papirkurv", "Slettet post", "Slettede elementer", "Slettede", "Søppel", "Papperskorgen", "Borttaget", "Borttagna objekt", "Papperskorg", "Slettet",
    "Roskakori", "Poistetut", "Poistetut kohteet", "Rusl", "Eydd atriði", "Prügi", "Prügikast", "Kustutatud üksused", "Miskaste", "Atkritne", "Izdzēstie", "Šiukšlinė", "Ištrinta",
    "Kosz", "Elementy usunięte", "Usunięte", "Koš", "Odstraněná pošta", "Odstraněné", "Smazané", "Kôš", "Odstránené", "Odstránená pošta",
    "Smeti", "Izbrisano", "Koš za smeće", "Smeće", "Obrisane stavke", "Otpad", "Смеће", "Отпад", "Избрисане ставке", "Ѓубре", "Кошче", "Изтрити",
    "Корзина", "Удаленные", "Удалённые", "Кошик", "Видалені", "Сметніца", "Выдаленыя",
    "Κάδος απορριμμάτων", "Κάδος", "Διαγραμμένα", "Απορρίμματα", "Kuka", "Lomtár", "Törölt elemek", "Töröltek", "Çöp", "Çöp Kutusu", "Silinmiş Öğeler", "Silinmiş", "Koshi", "Zibil qutusu",
    "אשפה", "פח אשפה", "פריטים שנמחקו", "المهملات", "العناصر المحذوفة", "سلة المهملات", "سطل زباله", "زباله‌دان", "حذف شده", "ट्रैश", "कूड़ा", "হটানো", "குப்பை",
    "ถังขยะ", "รายการที่ถูกลบ", "Thùng rác", "Đã xóa", "Mục đã Xóa", "Sampah", "Tong Sampah", "Item Dihapus",
    "ゴミ箱", "ごみ箱", "削除済みアイテム", "削除済み", "已删除", "已删除邮件", "垃圾桶", "垃圾桶郵件", "刪除的郵件", "回收筒", "废纸篓", "回收站", "已刪除的郵件",
    "휴지통", "지운 편지함", "지운편지함", "삭제된 항목", "Sbwriel", "Bruscar", "Lastez", "Rubujo",
)

ALL = (
    "All Mail", "All Messages", "Tous les messages", "Alle Nachrichten", "Alle E-Mails", "Todo el correo", "Todos los mensajes", "Todos os e-mails", "Todo o correio",
    "Tutti i messaggi", "Tutta la posta", "Toate mesajele", "Alle berichten", "Alle e-mail", "All post", "Al post", "All e-post", "Alla mejl", "Kaikki viestit",
    "Všechny zprávy", "Všetky správy", "Вся почта", "Вся пошта", "Цялата поща", "Όλα τα μηνύματα", "Összes levél", "Tüm Postalar", "כל הדואר", "كل البريد", "すべてのメール",
    "所有邮件", "所有郵件", "전체보관함", "전체 보관함", "Tất cả thư", "Semua Email", "จดหมายทั้งหมด",
)

ARCHIVE = (
    "Archive", "Archives", "Archived", "Archiv", "Archivio", "Archivo", "Archivado", "Archivados", "Archief", "Arquivo", "Arquivos", "Arquivados", "Arquivo Morto", "Arxiu", "Artxiboa",
    "Arhiva", "Arhivă", "Arhīvs", "Arkiv", "Arkiver", "Arkisto", "Archiwum", "Archivace", "Archivované", "Archív", "Archívum", "Arhiv", "Arhiiv", "Archyvas", "Архив", "Архів", "Архіў", "Архива",
    "Αρχείο", "Αρχειοθήκη", "Αρχειοθετημένα", "Arşiv", "Arkivi", "ארכיון", "الأرشيف", "أرشيف", "بایگانی", "アーカイブ", "归档", "存档", "封存", "封存郵件", "보관함", "보관", "아카이브", "Lưu trữ", "Arsip", "Arkib", "เก็บถาวร",
)

JUNK = (
    "Junk", "Spam", "Junk Email", "Junk E-mail", "Junk Mail", "Bulk Mail", "Bulk", "Spamverdacht", "Junk-E-Mail", "Unerwünscht", "Werbung",
    "Indésirables", "Courrier indésirable", "Pourriel", "Pourriels", "Courriers indésirables", "Quarantaine",
    "Correo no deseado", "Correo basura", "No deseado", "Correu brossa", "Correu no desitjat", "Lixo eletrônico", "Lixo Eletrónico", "Correio eletrônico não solicitado", "Spam e lixo",
    "Posta indesiderata", "Indesiderata", "Mesaje nedorite", "Mesaje nesolicitate", "E-mail nedorit", "Ongewenste e-mail", "Ongewenst", "Reclame",
    "Uønsket e-post", "Uønsket mail", "Uønsket post", "Skräppost", "Skräp", "Roskaposti", "Ruslpóstur", "Rämpspost", "Mēstules", "Nevēlams e-pasts", "Brukalai", "Nepageidaujamas el. paštas",
    "Wiadomości-śmieci", "Wiadomości śmieci", "Niechciane", "Niechciana poczta", "Nevyžádaná pošta", "Nevyžádané", "Nevyžiadaná pošta", "Nevyžiadané", "Neželena pošta", "Vsiljena pošta", "Neželjena pošta",
    "Нежељена пошта", "Нежелана поща", "Спам", "Нежелательная почта", "Небажана пошта", "Ανεπιθύμητα", "Ανεπιθύμητη αλληλογραφία", "Ενοχλητικά", "Levélszemét", "Kéretlen", "Önemsiz", "Önemsiz E-posta", "Gereksiz", "Istenmeyen",
    "דואר זבל", "ספאם", "البريد غير الهام", "بريد غير هام", "بريد إلكتروني غير مرغوب", "الرسائل غير المرغوب فيها", "هرزنامه", "स्पैम", "อีเมลขยะ", "จดหมายขยะ", "Thư rác", "Email rác", "Email Sampah", "E-mel Remeh",
    "迷惑メール", "垃圾邮件", "垃圾郵件", "广告邮件", "廣告郵件", "스팸", "스팸메일함", "스팸 메일함", "스팸함", "정크 메일", "정크메일",
)

#: SMS Backup+ and its heirs write each call of an Android phone into a mailbox of this name
CALL_LOG = (
    "Call log", "Call logs", "Calllog", "Call history", "SMS/Call log",
    "Journal d'appels", "Journal des appels", "Historique des appels", "Anrufliste", "Anrufprotokoll", "Anrufverlauf", "Registro de llamadas", "Historial de llamadas",
    "Registro chiamate", "Registro delle chiamate", "Cronologia chiamate", "Registo de chamadas", "Registro de chamadas", "Histórico de chamadas", "Oproeplogboek", "Oproepenlijst", "Gesprekkenlijst",
    "Opkaldslog", "Anropslogg", "Samtalslogg", "Anropslista", "Anropslogg", "Puhelutiedot", "Puheluloki", "Rejestr połączeń", "Historia połączeń", "Seznam hovorů", "Záznam hovorů", "Protokol volání", "Hívásnapló",
    "Журнал вызовов", "Журнал звонков", "Журнал викликів", "Çağrı kaydı", "Arama kaydı", "Jurnal apeluri", "Registre de trucades", "Αρχείο κλήσεων", "通話履歴", "通话记录", "通話記錄", "통화 기록", "통화기록",
)
