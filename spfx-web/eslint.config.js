const reactProfile = require('@microsoft/eslint-config-spfx/lib/flat-profiles/react');

module.exports = [
  { ignores: ['**/generated/**', 'lib/**', 'lib-commonjs/**', '**/*.js'] },
  ...reactProfile,
  {
    files: ['**/*.ts', '**/*.tsx'],
    languageOptions: { parserOptions: { project: './tsconfig.json', tsconfigRootDir: __dirname } }
  }
];
