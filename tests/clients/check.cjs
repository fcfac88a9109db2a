// Runs one promise after the other and says how each went; the program fails when one did.
let passed = 0;

async function check(name, work) {
  try {
    await work();
    passed += 1;
    console.log(`ok ${name}`);
  } catch (error) {
    console.log(`FAILED ${name}: ${error.stack ?? error}`);
    process.exitCode = 1;
  }
}

const done = () => console.log(`${passed} passed`);

module.exports = { check, done };
