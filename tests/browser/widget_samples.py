"""Replies as the gateway sends them to the widget, with invented amounts."""

from __future__ import annotations

from typing import Any

MONTHS = ("มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน", "กรกฎาคม")

GREETING: list[dict[str, Any]] = [
    {
        "type": "text",
        "text": "สวัสดีค่ะ ถามรัฐยินดีช่วยเรื่องบริการของรัฐ พิมพ์คำถามได้เลยค่ะ "
        "เช่น ถามยอดเงินสมทบประกันสังคมของคุณ",
        "choices": [
            {"index": 0, "title": "เงินสมทบของฉันปีนี้เท่าไหร่"},
            {"index": 1, "title": "ถามรัฐช่วยอะไรได้บ้าง"},
        ],
    }
]

SIGN_IN: dict[str, Any] = {
    "type": "sign_in",
    "text": "เรื่องนี้เป็นข้อมูลส่วนตัวของคุณ กรุณายืนยันตัวตนก่อนนะคะ "
    "ยืนยันแล้วถามรัฐจะตอบคำถามที่ค้างไว้ให้ทันทีค่ะ",
    "label": "ยืนยันตัวตนด้วย ThaID",
}

LINK: dict[str, Any] = {
    "type": "link",
    "text": "ตรวจสอบสิทธิได้ที่เว็บไซต์ของสำนักงานประกันสังคมค่ะ",
    "link": {
        "label": "เว็บไซต์ประกันสังคม",
        "url": "https://www.sso.go.th/",
        "domain": "www.sso.go.th",
    },
    "choices": [],
}

CARD: dict[str, Any] = {
    "type": "card",
    "title": "เงินสมทบปี 2569 (มาตรา 33)",
    "summary": "ปีนี้คุณส่งเงินสมทบแล้ว 7 เดือน รวม 6,125 บาทค่ะ",
    "rows": [
        {"label": "เดือนที่นำส่งแล้ว", "value": "7 เดือน", "emphasis": False},
        {"label": "ส่วนของคุณ", "value": "6,125 บาท", "emphasis": False},
        {"label": "ส่วนของนายจ้าง", "value": "6,125 บาท", "emphasis": False},
        {"label": "ส่วนของรัฐ", "value": "3,368.75 บาท", "emphasis": False},
        {"label": "รวมทั้งหมด", "value": "15,618.75 บาท", "emphasis": True},
    ],
    "sections": [
        {
            "title": "รายเดือน",
            "rows": [
                {"label": f"{month} 2569", "value": "875 บาท", "emphasis": False}
                for month in MONTHS
            ],
        }
    ],
    "notes": ["ข้อมูลเดือนล่าสุดอาจยังไม่ครบ เพราะต้องรอนายจ้างนำส่งค่ะ"],
    "as_of": "2026-08-20T03:00:00Z",
    "as_of_text": "ข้อมูล ณ วันที่ 20 สิงหาคม 2569 เวลา 10:00 น.",
    "source": "สำนักงานประกันสังคม",
    "link": {
        "label": "ดูข้อมูลผู้ประกันตน",
        "url": "https://www.sso.go.th/wpr/main/login",
        "domain": "www.sso.go.th",
    },
    "choices": [
        {"index": 0, "title": "แล้วเดือนที่แล้วล่ะ"},
        {"index": 1, "title": "สิทธิประโยชน์ของฉัน"},
    ],
}
