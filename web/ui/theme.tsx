/** The look: calm, dense, one deep teal; light and dark; normal and large type. */
import { ConfigProvider, theme } from 'antd';
import type { ThemeConfig } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn';
import type { ReactNode } from 'react';
import { useEffect } from 'react';
import { useCalm, usePreferences } from './preferences.ts';

const FONT = "'PingFang SC', 'Microsoft YaHei', 'Noto Sans SC', 'Noto Sans CJK SC', 'Helvetica Neue', Arial, sans-serif";

/** The soft grounds of light mode; the library would mix grey ones. */
const SOFT = {
  colorPrimaryBg: '#e3f1ef', colorPrimaryBgHover: '#d3e8e5', colorPrimaryBorder: '#9ccbc5', colorInfoBg: '#eaf5f8', colorInfoBorder: '#a9d3de', colorErrorBg: '#fdf0ee', colorErrorBorder: '#efb4ad',
  colorWarningBg: '#fdf5e6', colorWarningBorder: '#ecc98c', colorSuccessBg: '#eef7ee', colorSuccessBorder: '#a8d3aa',
};

/** Marks in the dark: bright words on a deep ground of their own colour. */
const DARK = { colorWarningBg: '#33270f', colorWarningBorder: '#6b5220', colorSuccessBg: '#15301a', colorSuccessBorder: '#2c5a33', colorInfoBg: '#12303a', colorInfoBorder: '#24576a', colorErrorBg: '#3a1a17', colorErrorBorder: '#6e322c' };

function themeOf(dark: boolean, calm: boolean, fontSize: number): ThemeConfig {
  return {
    algorithm: dark ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      colorPrimary: dark ? '#2fa99c' : '#0f766e',
      colorInfo: dark ? '#56b8cf' : '#0e7490',
      colorLink: dark ? '#4cc0b2' : '#0f766e',
      colorSuccess: dark ? '#6cc070' : '#2f7d32',
      colorWarning: dark ? '#e5ad55' : '#b45309',
      colorError: dark ? '#f0877d' : '#b42318',
      ...(dark ? { ...DARK, colorBgLayout: '#101514', colorBgContainer: '#181f1e', colorBgElevated: '#1f2827' } : { colorBgLayout: '#f3f5f6', colorTextBase: '#17211f', ...SOFT }),
      // Words that explain, and the names inside empty fields, are read too.
      colorTextPlaceholder: dark ? '#8d9a97' : '#66726f',
      colorTextDescription: dark ? '#9aa8a5' : '#5b6866',
      borderRadius: 4,
      fontSize,
      fontFamily: FONT,
      wireframe: false,
      motion: !calm,
      motionDurationMid: '0.12s',
      motionDurationSlow: '0.16s',
    },
    components: {
      Button: { ...(dark ? { primaryColor: '#06201d', dangerColor: '#2a0d0a' } : {}), primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none' },
      Table: { headerBg: dark ? '#202a28' : '#eef2f2', headerColor: dark ? '#c8d3d0' : '#33413f', headerSplitColor: 'transparent', rowHoverBg: dark ? '#1e2b29' : '#f0f7f6', cellPaddingBlockMD: 8, cellPaddingInlineMD: 10, cellPaddingBlockSM: 6, cellPaddingInlineSM: 8 },
      Form: { itemMarginBottom: 16, verticalLabelPadding: '0 0 4px' },
      Card: { headerHeight: 44 },
      Descriptions: { itemPaddingBottom: 8 },
    },
  };
}

/** Wraps a portal: language of the library, colours, type size (px). */
export function Look({ children, fontSize = 14 }: { children: ReactNode; fontSize?: number }) {
  const { lang, dark, large } = usePreferences();
  const calm = useCalm();
  useEffect(() => void dayjs.locale(lang === 'zh' ? 'zh-cn' : 'en'), [lang]);
  return (
    <ConfigProvider locale={lang === 'zh' ? zhCN : enUS} theme={themeOf(dark, calm, large ? Math.max(18, fontSize) : fontSize)} button={{ autoInsertSpace: false }}>
      {children}
    </ConfigProvider>
  );
}
