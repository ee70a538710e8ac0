import base from './playwright.config';
export default { ...base, webServer: undefined, outputDir: '/tmp/pwout' };
