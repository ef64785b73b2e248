/** QR codes as SVG text, drawn as one path: sharp at every size, and the same bytes for the same text. */
import QRCode from 'qrcode';

/** SVG of a QR code (level M, quiet zone of four modules) for `text`, usually the address where a letter can be checked. */
export function qrSvg(text: string): string {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' });
  const quiet = 4;
  const side = modules.size + 2 * quiet;
  let path = '';
  for (let row = 0; row < modules.size; row++) {
    for (let column = 0; column < modules.size; column++) {
      if (modules.get(row, column)) path += `M${column + quiet} ${row + quiet}h1v1h-1z`;
    }
  }
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}">` +
    `<rect width="${side}" height="${side}" fill="#fff"/><path d="${path}" shape-rendering="crispEdges"/></svg>`
  );
}
