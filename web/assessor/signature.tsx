/** A field to sign in with a finger; the drawing becomes a PNG. */
import type { PointerEvent } from 'react';
import { useEffect, useRef, useState } from 'react';
import { useWords } from '../ui/words.ts';

const SIZE = { widthPx: 640, heightPx: 240 };

/** `save` gets the drawing of one person; nothing is saved before a line was drawn. */
export function SignaturePad({ label, busy, save }: { label: string; busy: boolean; save: (drawing: Blob) => Promise<unknown> }) {
  const say = useWords('assessor');
  const canvas = useRef<HTMLCanvasElement>(null);
  const [drawn, setDrawn] = useState(false);
  useEffect(() => wipe(canvas.current), []);
  const at = (event: PointerEvent<HTMLCanvasElement>): [number, number] => {
    const box = event.currentTarget.getBoundingClientRect();
    return [((event.clientX - box.left) / box.width) * SIZE.widthPx, ((event.clientY - box.top) / box.height) * SIZE.heightPx];
  };
  const begin = (event: PointerEvent<HTMLCanvasElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    const pen = event.currentTarget.getContext('2d')!;
    pen.beginPath();
    pen.moveTo(...at(event));
  };
  const draw = (event: PointerEvent<HTMLCanvasElement>) => {
    if (event.buttons === 0) return;
    const pen = event.currentTarget.getContext('2d')!;
    pen.lineTo(...at(event));
    pen.stroke();
    setDrawn(true);
  };
  const keep = () => canvas.current?.toBlob((drawing) => void (drawing && save(drawing)), 'image/png');
  return (
    <div className="signature">
      <p className="signature-label">{label}</p>
      <canvas ref={canvas} width={SIZE.widthPx} height={SIZE.heightPx} role="img" aria-label={label} onPointerDown={begin} onPointerMove={draw} />
      <div className="pair">
        <button type="button" className="button" disabled={!drawn || busy} onClick={() => (wipe(canvas.current), setDrawn(false))}>
          {say('signature.wipe')}
        </button>
        <button type="button" className="button button-main" disabled={!drawn || busy} onClick={keep}>
          {say('signature.keep')}
        </button>
      </div>
    </div>
  );
}

/** White paper and a dark pen, whatever the theme: the drawing is evidence. */
function wipe(canvas: HTMLCanvasElement | null): void {
  const pen = canvas?.getContext('2d');
  if (!pen) return;
  pen.fillStyle = '#ffffff';
  pen.fillRect(0, 0, SIZE.widthPx, SIZE.heightPx);
  Object.assign(pen, { strokeStyle: '#10201e', lineWidth: 4, lineCap: 'round', lineJoin: 'round' });
}
