import {
  provideVSCodeDesignSystem,
  vsCodeButton,
  vsCodeTextField,
} from '@vscode/webview-ui-toolkit';

type Controls = Parameters<ReturnType<typeof provideVSCodeDesignSystem>['register']>;

/** The controls of the design system. A page's script holds those that the page names, and no others. */
export const button: typeof vsCodeButton = vsCodeButton;
export const textField: typeof vsCodeTextField = vsCodeTextField;

/** Makes controls known to the page. Tables, lists and headings stay the browser's own. */
export function registerControls(...controls: Controls): void {
  provideVSCodeDesignSystem().register(...controls);
}
