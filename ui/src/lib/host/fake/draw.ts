import type { DraftValues, ProcedureView } from '../api.gen';

/** A sketch of form 01, so that the screen has a paper to show. The real one is drawn by the desk. */
export async function sketch(
  values: DraftValues,
  procedure: ProcedureView | null,
  scale: number,
  code = 'Chưa tiếp nhận',
): Promise<Blob> {
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(420 * scale);
  canvas.height = Math.round(595 * scale);
  const pen = canvas.getContext('2d');
  if (!pen) return new Blob();
  pen.scale(scale, scale);
  pen.fillStyle = '#fff';
  pen.fillRect(0, 0, 420, 595);
  pen.fillStyle = '#111';
  let y = 34;
  const line = (text: string, style = '10px "Liberation Serif", serif', x = 36, step = 16) => {
    pen.font = style;
    pen.fillText(text, x, y, 350);
    y += step;
  };
  line('UBND XÃ EA TUL', '9px "Liberation Serif", serif', 60, 0);
  line('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', 'bold 9px "Liberation Serif", serif', 205, 12);
  line('TRUNG TÂM PHỤC VỤ HCC', 'bold 9px "Liberation Serif", serif', 45, 0);
  line('Độc lập - Tự do - Hạnh phúc', 'bold 9px "Liberation Serif", serif', 240, 30);
  line('GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ', 'bold 12px "Liberation Serif", serif', 75, 22);
  line(`Mã hồ sơ: ${code}`, 'bold 10px "Liberation Serif", serif');
  const person = values.applicant;
  line(`Tiếp nhận hồ sơ của Ông (Bà)/Tổ chức: ${person.name}`);
  line(`Số định danh cá nhân/tổ chức: ${person.id_number}`);
  line(`Địa chỉ: ${person.address}`);
  line(`Số điện thoại: ${person.phone}        Email: ${person.email}`);
  line(`Nội dung yêu cầu giải quyết: ${values.content || (procedure?.title.vi ?? '')}`);
  line('Thành phần hồ sơ nộp gồm:');
  procedure?.documents.forEach((document, index) => {
    const paper = values.papers.find((one) => one.document === document.id);
    if (paper?.state)
      line(`${index + 1}. ${document.name.vi}${paper.copies ? ` (${paper.copies})` : ''}`, undefined, 48);
  });
  line(`Số lượng hồ sơ: ${values.sets || '1'} (bộ)`);
  y = 520;
  line('NGƯỜI NỘP HỒ SƠ', 'bold 10px "Liberation Serif", serif', 60, 0);
  line('NGƯỜI TIẾP NHẬN HỒ SƠ', 'bold 10px "Liberation Serif", serif', 230);
  return await new Promise((done) => canvas.toBlob((blob) => done(blob ?? new Blob()), 'image/png'));
}
